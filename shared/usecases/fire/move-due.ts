import { minuteMs, minuteOf } from "#kernel/time.ts";
import type { DueQueue, TimerBucket, TimerRef, TimerTable } from "#ports/timers.ts";

/**
 * How far ahead minutes are moved to the due queue. A timer set for less than SET_DIRECTLY_MS (timers.ts) goes there by
 * itself, so that one set into a minute already moved is not missed: that must be the longer of the two by far.
 */
const AHEAD_MS = 120_000;
/** A bucket this old is over: what still lies in it was lost on the way, or waits in a backlog. */
const OVER_MS = 120_000;
/** What is left in a bucket that is over is handed over again this often, so that a backlog does not feed itself. */
const AGAIN_EVERY_MINUTES = 5;

export type MoveDependencies = { readonly table: TimerTable; readonly due: DueQueue };

/**
 * Moves what is due soon from the table to the due queue. Timers stay in the table until they have fired, and the
 * watermark follows minute by minute what was moved, so that a crash anywhere only means handing some over again. A minute
 * that holds more than one tick has time for is marked page by page: the next tick goes on where this one stopped. What is
 * set into such a minute meanwhile is so near that it went to the due queue by itself. After an outage all minutes since
 * the watermark are moved at once, oldest first.
 */
export const moveDue = async (deps: MoveDependencies, now: number): Promise<void> => {
  const { table } = deps;
  const last = minuteOf(now + AHEAD_MS);
  const [buckets, watermark] = await Promise.all([table.buckets(last), table.watermark()]);
  for (const [minute, members] of Map.groupBy(buckets, (bucket) => bucket.minute)) {
    const age = now - minuteMs(minute);
    const isNew = watermark === null || minute > watermark;
    if (!isNew && age < OVER_MS) continue;
    const isMoved = isNew || Math.floor(age / 60_000) % AGAIN_EVERY_MINUTES === 0;
    for (const bucket of members) {
      const left = await handOver(deps, bucket, { isMoved, isNew });
      // Of one that was marked only the rest was looked at.
      const isEmpty = left === 0 && (!isNew || bucket.handed === undefined);
      if (isEmpty && age >= OVER_MS) await table.forget(bucket);
    }
    if (isNew) await table.advance(minute);
  }
  await table.advance(last);
};

type Wanted = {
  readonly isMoved: boolean;
  /** For the first time: where a tick stopped, the rest is enough. */
  readonly isNew: boolean;
};

/** How many timers the bucket holds, or the rest of them; hands them to the due queue if wanted. */
const handOver = async (
  { table, due }: MoveDependencies,
  bucket: TimerBucket,
  { isMoved, isNew }: Wanted,
): Promise<number> => {
  let left = 0;
  let last: TimerRef | undefined;
  for await (const timers of table.timersOf(bucket, isNew ? bucket.handed : undefined)) {
    // Where one page is all, which is nearly always, no request is spent on a mark.
    if (isNew && last !== undefined) await table.mark(bucket, last);
    left += timers.length;
    if (isMoved) await due.send(timers);
    last = timers.at(-1);
  }
  if (isNew && last !== undefined && bucket.handed !== undefined) await table.mark(bucket, last);
  return left;
};
