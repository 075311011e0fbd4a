import { deflateRawSync, inflateRawSync } from "node:zlib";
import * as z from "zod/mini";
import type { Binning } from "#domain/learning/binning.ts";
import { addCell, type Cell, EMPTY_CELL, type Observation } from "#domain/learning/model.ts";
import { attributes, type Item } from "../requests/items.ts";

const Cells = z.record(z.string(), z.tuple([z.number(), z.number(), z.number()]));
const Bins = z.union([
  z.object({ kind: z.literal("number"), edges: z.array(z.number()) }),
  z.object({ kind: z.literal("text"), values: z.array(z.string()) }),
]);
const Head = z.object({ cuts: z.number(), sampled: z.number(), binning: z.record(z.string(), Bins) });
const Seen = z.object({ seen: z.boolean(), outcomes: z.record(z.string(), z.number()) });
const Observations = z.array(
  z.object({
    arm: z.object({ action: z.string(), group: z.string(), channel: z.string() }),
    features: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
    trials: z.exactOptional(z.union([z.literal(0), z.literal(1)])),
    reward: z.number(),
    before: z.exactOptional(z.number()),
    expected: z.exactOptional(z.number()),
    foreseen: z.exactOptional(z.object({ counters: z.number(), linear: z.number() })),
    at: z.number(),
  }),
);

const Index = z.object({
  cuts: z.number(),
  parts: z.record(z.string(), z.number()),
  old: z.exactOptional(z.array(z.string())),
});

const parsed = (item: Item | undefined): unknown => JSON.parse(item?.body?.S ?? "null");
export const versionOf = (item: Item | undefined): number => Number(item?.version?.N ?? "0");

export const modelKey = (model: string): string => `model#${model}`;
export const HEAD = "head";
/**
 * Sums of one shard that belong together. The release before wrote them under `cells#`, as plain text, and reads no others:
 * what it wrote is read and added, and what is added now lies elsewhere.
 */
export const partKey = (cuts: number, shard: number, part: string): string => `part#${cuts}#${shard}#${part}`;
export const partPrefix = (cuts: number): string => `part#${cuts}#`;
export const cellsPrefix = (cuts: number): string => `cells#${cuts}#`;

/** Whether the release before wrote it: then nothing is added to it any more. */
export const isOld = (sortKey: string): boolean => sortKey.startsWith("cells#");

/** The part of the model that an item holds, by its sort key: what follows cuts and shard. */
export const partIn = (sortKey: string): string => sortKey.split("#").slice(3).join("#");

/** Which parts a shard has, by name, with their versions. */
export const INDEX = "index#";
export const indexKey = (shard: number): string => `${INDEX}${shard}`;
/** `old`: sort keys of what the release before wrote; in the index of shard 0. */
export type ShardIndex = z.infer<typeof Index>;

/** JSON with many names that are alike: a third of it or less is stored, and read units go by what is stored. */
const packed = (value: unknown): Uint8Array => deflateRawSync(JSON.stringify(value));
const unpacked = (item: Item): unknown =>
  item.packed?.B === undefined ? parsed(item) : JSON.parse(inflateRawSync(item.packed.B).toString("utf8"));

export const toIndex = (index: ShardIndex, version: number): Item =>
  attributes({ packed: packed(index), version });
export const fromIndex = (item: Item): ShardIndex => z.parse(Index, unpacked(item));

/** The item's sums with others added. */
export const addToCells = (item: Item | undefined, added: ReadonlyMap<string, Cell>): Item => {
  const cells = new Map(fromCells(item));
  for (const [key, cell] of added) cells.set(key, addCell(cells.get(key) ?? EMPTY_CELL, cell));
  const body = Object.fromEntries(
    [...cells].map(([key, { weight, sum, squares }]) => [key, [weight, sum, squares]]),
  );
  return attributes({ packed: packed(body), version: versionOf(item) + 1 });
};

export const fromCells = (item: Item | undefined): [string, Cell][] =>
  Object.entries(z.parse(Cells, item === undefined ? {} : unpacked(item))).map(
    ([key, [weight, sum, squares]]) => [key, { weight, sum, squares }],
  );

export const toHead = (head: { cuts: number; sampled: number; binning: Binning }): Item =>
  attributes({ body: JSON.stringify(head), cuts: head.cuts, sampled: head.sampled });
export const fromHead = (item: Item | undefined): z.infer<typeof Head> =>
  item === undefined ? { cuts: 0, sampled: 0, binning: {} } : z.parse(Head, parsed(item));

export const toCounted = (counted: {
  version: number;
  seen: boolean;
  outcomes: Readonly<Record<string, number>>;
}): Item =>
  attributes({
    body: JSON.stringify({ seen: counted.seen, outcomes: counted.outcomes }),
    version: counted.version,
  });
export const fromCounted = (item: Item) => ({ version: versionOf(item), ...z.parse(Seen, parsed(item)) });

export const toSample = (observations: readonly Observation[]): Item =>
  attributes({ body: JSON.stringify(observations) });
export const fromSample = (item: Item): readonly Observation[] => z.parse(Observations, parsed(item));
