import type { CollectedEvent, DomainEvent, Timer } from "../domain/profile/types.ts";

export type Inbox = {
  /** Durable when it resolves. Packs the events of one group into one message, groups into batches of 10. */
  readonly send: (events: readonly CollectedEvent[]) => Promise<void>;
};

export type EventBus = {
  /** Batches of 10; entries that were refused are tried again, then `unavailable` is thrown. */
  readonly publish: (events: readonly DomainEvent[]) => Promise<void>;
};

/** For those who set and cancel timers. Setting the same id again moves it. */
export type Timers = {
  readonly set: (timers: readonly Timer[]) => Promise<void>;
  readonly cancel: (timers: readonly Pick<Timer, "id" | "due">[]) => Promise<void>;
};
