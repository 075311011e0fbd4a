import type { DomainEvent } from "#domain/records/effects.ts";

export type EventBus = {
  /** Batches of 10; entries that were refused are tried again, then `unavailable` is thrown. */
  readonly publish: (events: readonly DomainEvent[]) => Promise<void>;
};
