import type { Timer } from "#domain/records/effects.ts";

/** Names one timer: its key is made of both. */
export type TimerRef = Pick<Timer, "id" | "due">;

/** For those who set and cancel timers. Both are idempotent. To move a timer: cancel it with its old due, set it anew. */
export type Timers = {
  readonly set: (timers: readonly Timer[]) => Promise<void>;
  readonly cancel: (timers: readonly TimerRef[]) => Promise<void>;
};

/** Timers of one minute (`2026-11-21T10:05`) that lie together. */
export type TimerBucket = {
  readonly minute: string;
  readonly shard: number;
  /** The last timer of it that was handed over, where somebody stopped in its midst. */
  readonly handed?: TimerRef;
};

/** For the one who lets timers fire (`functions/timers/fire`). */
export type TimerTable = {
  /** Buckets up to and with the minute `last` that hold timers, oldest first. One request. */
  readonly buckets: (last: string) => Promise<readonly TimerBucket[]>;
  /** The timers of a bucket in pages, by due time; those after one of them where one is named. */
  readonly timersOf: (bucket: TimerBucket, after?: TimerRef) => AsyncIterable<readonly TimerRef[]>;
  /** Notes how far a bucket was handed over. */
  readonly mark: (bucket: TimerBucket, handed: TimerRef) => Promise<void>;
  /** Forgets a bucket that is over and empty. */
  readonly forget: (bucket: TimerBucket) => Promise<void>;
  /** The minute up to which all timers were moved to the due queue; null before the first time. */
  readonly watermark: () => Promise<string | null>;
  /** Moves the watermark; never back. */
  readonly advance: (minute: string) => Promise<void>;
  readonly get: (ref: TimerRef) => Promise<Timer | null>;
  readonly remove: (ref: TimerRef) => Promise<void>;
};

/** The queue that hands a timer over at its exact second. */
export type DueQueue = {
  /** A due time further away than the queue can wait (15 minutes) comes back too early. */
  readonly send: (timers: readonly TimerRef[]) => Promise<void>;
};
