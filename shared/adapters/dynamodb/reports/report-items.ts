import * as z from "zod/mini";
import type { Mark } from "#domain/report/count.ts";
import { type CountedRow, KEPT_SLICES, type Row, rowKey, sliceOf } from "#domain/report/row.ts";
import { hashId } from "#kernel/hash.ts";
import { DAY_MS } from "#kernel/time.ts";
import { attributes, type Item, keyOf } from "../requests/items.ts";

/*
 * Reports in the learning table. Rows: pk = `report#<month>`, sk = `<day>#<hash of the row>#<shard>`, each count an
 * attribute that DynamoDB adds to, and so is what happened in each of the last slices of ten minutes. What was counted of a
 * decision: pk = `seen#<decisionId>`, sk = `report`.
 */

const MarkBody = z.object({
  decided: z.boolean(),
  actions: z.record(z.string(), z.object({ outcomes: z.array(z.string()), valued: z.array(z.string()) })),
});
const RowBody = z.union([
  z.object({
    kind: z.literal("choice"),
    day: z.string(),
    placement: z.string(),
    action: z.string(),
    treatment: z.string(),
    channel: z.string(),
    segments: z.exactOptional(z.array(z.string())),
  }),
  z.object({ kind: z.literal("refusal"), day: z.string(), placement: z.string() }),
]);

/** Marks what is a count among an item's attributes. */
const COUNT = "n#";
/** Marks what is a count of one slice of time: `t#<number of the slice in base 36>#<count>`. */
const SLICE = "t#";
/** Longer than anybody looks back; then a row goes by itself. */
const ROW_KEPT_MS = 800 * DAY_MS;

export const markKey = (decisionId: string): Item => keyOf(`seen#${decisionId}`, "report");

export const toMark = ({ version, decided, actions }: Mark, expires: number): Item =>
  attributes({ body: JSON.stringify({ decided, actions }), version, expires });

export const fromMark = (item: Item): Mark => ({
  version: Number(item.version?.N),
  ...z.parse(MarkBody, JSON.parse(item.body?.S ?? "null")),
});

/** `2026-11` of `2026-11-30`. */
export const monthOf = (day: string): string => day.slice(0, 7);
export const monthKey = (month: string): string => `report#${month}`;

const rowItemKey = (row: Row, shard: number): Item =>
  keyOf(monthKey(monthOf(row.day)), `${row.day}#${hashId("row", rowKey(row))}#${shard}`);

/** So many attributes one request lets go of; there are a few names of counts in a row. */
const MOST_REMOVED = 200;
/** Older slices than those that went with the ones before are gone already, mostly. */
const LOOKED_BACK = 24;

const sliceName = (slice: number, count: string): string => `${SLICE}${slice.toString(36)}#${count}`;

/** The slices that belong to a last hour, now or soon. A fact of another time is of no use in one. */
const isRecent = (slice: number, now: number): boolean =>
  slice > sliceOf(now) - KEPT_SLICES && slice <= sliceOf(now) + 1;

/** The attributes of slices that belong to no last hour any more, of the counts that are added to. */
const pushedOut = (counts: readonly string[], now: number): readonly string[] => {
  const newest = sliceOf(now) - KEPT_SLICES;
  const back = Math.min(LOOKED_BACK, Math.floor(MOST_REMOVED / counts.length));
  return Array.from({ length: back }, (_, at) => newest - at).flatMap((slice) =>
    counts.map((count) => sliceName(slice, count)),
  );
};

/** What is added of a row's slices, and the attributes that go for it. */
const slicesOf = ({ slices = {} }: CountedRow, now: number) => {
  const recent = Object.entries(slices).filter(([slice]) => isRecent(Number(slice), now));
  const counts = [...new Set(recent.flatMap(([, own]) => Object.keys(own)))];
  return {
    added: recent.flatMap(([slice, own]) =>
      Object.entries(own).map(([name, count]) => [sliceName(Number(slice), name), count] as const),
    ),
    removed: counts.length === 0 ? [] : pushedOut(counts, now),
  };
};

/**
 * Adds to a row in one of its shards, whether there is any yet or not, and lets go of what belongs to no last hour any more.
 * @param place the shard, and the time in milliseconds
 */
export const addToRow = (
  table: string,
  counted: CountedRow,
  { shard, now }: { readonly shard: number; readonly now: number },
) => {
  const { row, counts } = counted;
  const slices = slicesOf(counted, now);
  const added = [
    ...Object.entries(counts).map(([name, count]) => [COUNT + name, count] as const),
    ...slices.added,
  ];
  const removed = slices.removed.map((name, at) => [`#o${at}`, name] as const);
  const remove = removed.length === 0 ? "" : ` REMOVE ${removed.map(([as]) => as).join(", ")}`;
  return {
    TableName: table,
    Key: rowItemKey(row, shard),
    UpdateExpression: `SET body = :body, expires = :expires ADD ${added.map((_, at) => `#${at} :${at}`).join(", ")}${remove}`,
    ExpressionAttributeNames: Object.fromEntries([
      ...added.map(([name], at) => [`#${at}`, name]),
      ...removed,
    ]),
    ExpressionAttributeValues: attributes({
      ":body": JSON.stringify(row),
      ":expires": Math.ceil((Date.parse(row.day) + ROW_KEPT_MS) / 1_000),
      ...Object.fromEntries(added.map(([, count], at) => [`:${at}`, count])),
    }),
  };
};

const slicesIn = (item: Item): Pick<CountedRow, "slices"> => {
  const slices: Record<string, Record<string, number>> = {};
  for (const [name, value] of Object.entries(item)) {
    if (!name.startsWith(SLICE)) continue;
    const [, slice = "", count = ""] = /^([^#]+)#(.*)$/s.exec(name.slice(SLICE.length)) ?? [];
    const number = Number.parseInt(slice, 36);
    slices[number] = { ...slices[number], [count]: Number(value.N) };
  }
  return Object.keys(slices).length === 0 ? {} : { slices };
};

export const fromRow = (item: Item): CountedRow => ({
  row: z.parse(RowBody, JSON.parse(item.body?.S ?? "null")),
  counts: Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) =>
      name.startsWith(COUNT) ? [[name.slice(COUNT.length), Number(value.N)]] : [],
    ),
  ),
  ...slicesIn(item),
});
