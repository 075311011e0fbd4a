const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WIDTHS = [
  1_000,
  5_000,
  15_000,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
] as const;
/** A window slides in steps of about this share of its length. */
const BUCKETS = 48;

/**
 * Width of a window's buckets in milliseconds: the widest of a fixed list that still gives 48 of them (a week at most).
 * A bucket counts while any of it lies in the window, so that a window reaches back up to one bucket too far.
 */
export const bucketWidth = (windowMs: number): number =>
  WIDTHS.findLast((width) => width * BUCKETS <= windowMs) ?? WIDTHS[0];

export const bucketOf = (windowMs: number, at: string): number =>
  Math.floor(Date.parse(at) / bucketWidth(windowMs));

/** Whether a bucket lies in the window that ends at `now` (milliseconds). */
export const inWindow = (windowMs: number, now: number): ((bucket: number) => boolean) => {
  const width = bucketWidth(windowMs);
  const first = now - windowMs;
  return (bucket) => (bucket + 1) * width > first && bucket * width <= now;
};

/** Whether a bucket may still be asked for: it is not over, as seen from `now`. */
export const notOver = (windowMs: number, now: number): ((bucket: number) => boolean) => {
  const width = bucketWidth(windowMs);
  return (bucket) => (bucket + 1) * width > now - windowMs;
};
