import { minuteMs, minuteOf } from "../../../shared/domain/timer.ts";
import type { DueQueue, TimerTable } from "../../../shared/ports/queues.ts";

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
 * watermark is written last, so that a crash anywhere only means handing them over again. After an outage all minutes
 * since the watermark are moved at once, oldest first.
 */
export const moveDue = async ({ table, due }: MoveDependencies, now: number): Promise<number> => {
  const last = minuteOf(now + AHEAD_MS);
  const [buckets, watermark] = await Promise.all([table.buckets(last), table.watermark()]);
  let moved = 0;
  for (const bucket of buckets) {
    const age = now - minuteMs(bucket.minute);
    const isNew = watermark === null || bucket.minute > watermark;
    if (!isNew && age < OVER_MS) continue;
    const isHandedOver = isNew || Math.floor(age / 60_000) % AGAIN_EVERY_MINUTES === 0;
    let left = 0;
    for await (const timers of table.timersOf(bucket)) {
      left += timers.length;
      if (isHandedOver) await due.send(timers);
      if (isHandedOver) moved += timers.length;
    }
    if (left === 0 && age >= OVER_MS) await table.forget(bucket);
  }
  await table.advance(last);
  return moved;
};
