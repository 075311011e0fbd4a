import type { CollectedEvent, DomainEvent, Timer } from "../domain/profile/types.ts";

export type Inbox = {
  /** Durable when it resolves. Packs the events of one group into one message, groups into batches of 10. */
  readonly send: (events: readonly CollectedEvent[]) => Promise<void>;
};

export type EventBus = {
  /** Batches of 10; entries that were refused are tried again, then `unavailable` is thrown. */
  readonly publish: (events: readonly DomainEvent[]) => Promise<void>;
};

/** Names one timer: its key is made of both. */
export type TimerRef = Pick<Timer, "id" | "due">;

/** For those who set and cancel timers. Both are idempotent. To move a timer: cancel it with its old due, set it anew. */
export type Timers = {
  readonly set: (timers: readonly Timer[]) => Promise<void>;
  readonly cancel: (timers: readonly TimerRef[]) => Promise<void>;
};

/** For the one who lets timers fire (`functions/journey/tick`). Minutes are `2026-11-21T10:05`. */
export type TimerTable = {
  /** Minutes up to and with `last` that hold timers, oldest first, and up to where all were moved before. One request. */
  readonly minutes: (
    last: string,
  ) => Promise<{ readonly watermark: string | null; readonly minutes: readonly string[] }>;
  /** The timers of a minute, in pages, by due time within a shard. */
  readonly timersOf: (minute: string) => AsyncIterable<readonly TimerRef[]>;
  /** Remembers that all minutes up to this one were moved; never goes back. */
  readonly advance: (minute: string) => Promise<void>;
  /** Forgets a minute that is over and empty. */
  readonly forget: (minute: string) => Promise<void>;
  readonly get: (ref: TimerRef) => Promise<Timer | null>;
  readonly remove: (ref: TimerRef) => Promise<void>;
};

/** The queue that hands a timer over at its exact second. */
export type DueQueue = {
  /** `now`: milliseconds since the epoch; a due time further away than the queue can wait comes back too early. */
  readonly send: (timers: readonly TimerRef[], now: number) => Promise<void>;
};
