/**
 * One clock for the whole local cloud. The offset lies in shared memory, so that queues on the main thread and
 * `Date` in every worker move together the moment it changes.
 */
export type CloudClock = {
  /** Milliseconds since the epoch, shifted. */
  readonly now: () => number;
  /** Shared with the workers: one float, the milliseconds by which time is shifted. */
  readonly shared: SharedArrayBuffer;
  /** Moves time so that `now()` is at least `instant`; never backwards. */
  readonly moveTo: (instant: number) => void;
  /** The present shift in milliseconds, kept on disk over restarts. */
  readonly offset: () => number;
};

/** @param offset milliseconds by which time is shifted at the start */
export function createClock(offset: number): CloudClock {
  const realNow = Date.now.bind(Date);
  const shared = new SharedArrayBuffer(8);
  const cell = new Float64Array(shared);
  cell[0] = offset;
  const current = (): number => cell[0] ?? 0;
  const now = (): number => realNow() + current();
  return {
    now,
    shared,
    offset: current,
    moveTo: (instant) => {
      const missing = instant - now();
      if (missing > 0) cell[0] = current() + missing;
    },
  };
}

const DURATION =
  /^P(?!$)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?!$)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * Milliseconds of an ISO-8601 duration of weeks, days, hours, minutes and seconds, or null when it is none.
 * Years and months are refused: they have no fixed length.
 */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  const [, weeks, days, hours, minutes, seconds] = match;
  const amount = (part: string | undefined): number => Number(part ?? 0);
  const inHours = (amount(weeks) * 7 + amount(days)) * 24 + amount(hours);
  return Math.round(((inHours * 60 + amount(minutes)) * 60 + amount(seconds)) * 1000);
}
