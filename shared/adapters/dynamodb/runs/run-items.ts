import * as z from "zod/mini";
import { homeOf } from "#domain/journey/ids.ts";
import type { JourneyCount, JourneyRun } from "#domain/records/journey.ts";
import { fraction } from "#kernel/hash.ts";
import { isObject } from "#kernel/json.ts";
import { attributes, type Item, keyOf } from "../requests/items.ts";

/*
 * The table `runs`: pk = as whom somebody came in, sk = runId. Who is inside has `stepKey` and `since` and, unless kept
 * still, `dueKey` and `due`, which make two sparse indexes. Beside them: pk = `counts#<journey>`, sk = shard, an attribute for
 * each thing that is counted; pk = `still` or `resuming`, sk = journey;
 * pk = `edits`, sk = when a version was published.
 */

/** Partitions of both indexes: one takes 1,000 writes a second. */
const SHARDS = 8;
/** Each entry and each end adds to a shard, within the transaction that writes the run: few must meet in one. */
const COUNT_SHARDS = 64;

const Body = z.custom<JourneyRun>((value) => isObject(value) && typeof value.runId === "string");

const shardOf = (runId: string, shards: number): string =>
  String(Math.floor(fraction("run", runId) * shards));

export const SHARD_NAMES = Array.from({ length: SHARDS }, (_, shard) => String(shard));
export const stepKey = (journey: string, step: string, shard: string): string =>
  `${journey}#${step}#${shard}`;
export const dueKey = (shard: string): string => `due#${shard}`;
export const parkedKey = (journey: string): string => `parked#${journey}`;

export const runKey = (runId: string): Item => keyOf(homeOf(runId) ?? "none", runId);
export const stillKey = (journey: string): Item => keyOf(STILL, journey);
export const resumingKey = (journey: string): Item => keyOf(RESUMING, journey);
export const STILL = "still";
/** Partition of journeys that were kept still, of which some may still wait to go on. */
export const RESUMING = "resuming";
/** Partition of versions that were published and that not all runs have looked at. */
export const EDITS = "edits";
export const countsKey = (journey: string): string => `counts#${journey}`;

/** Where a run that waits lies in the index of what is due; one that is kept still lies apart until it is let go. */
const dueOf = ({ due, pausedAt, since, journey, runId }: JourneyRun) => {
  if (due !== undefined) return { dueKey: dueKey(shardOf(runId, SHARDS)), due };
  return pausedAt === undefined ? { dueKey: parkedKey(journey), due: since } : {};
};

export const toRunItem = (run: JourneyRun): Item => ({
  ...keyOf(run.home, run.runId),
  ...attributes({
    body: JSON.stringify(run),
    ...(run.ended === undefined
      ? {
          stepKey: stepKey(run.journey, run.step, shardOf(run.runId, SHARDS)),
          since: run.since,
          ...dueOf(run),
        }
      : { expires: expiryOf(run.ended) }),
  }),
});

const expiryOf = ({ keepUntil }: NonNullable<JourneyRun["ended"]>): number | undefined =>
  keepUntil === undefined ? undefined : Math.ceil(Date.parse(keepUntil) / 1_000);

export const fromRunItem = (item: Item): JourneyRun => z.parse(Body, JSON.parse(item.body?.S ?? "null"));

/** What is added to the counts: one update an item, for a transaction takes each item once. */
export const countUpdates = (
  counts: readonly JourneyCount[],
): readonly { readonly key: Item; readonly add: ReadonlyMap<string, number> }[] => {
  const byItem = Map.groupBy(counts, ({ journey, runId }) => `${journey}#${shardOf(runId, COUNT_SHARDS)}`);
  return [...byItem.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const add = new Map<string, number>();
    for (const { heldOut, what } of same) {
      const name = `${heldOut ? "held" : "walk"}#${what}`;
      add.set(name, (add.get(name) ?? 0) + 1);
    }
    return [{ key: keyOf(countsKey(first.journey), shardOf(first.runId, COUNT_SHARDS)), add }];
  });
};
