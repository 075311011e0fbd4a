import type { CollectedEvent } from "#domain/records/event.ts";

export type Inbox = {
  /** Durable when it resolves. Packs the events of one group into one message, groups into batches of 10. */
  readonly send: (events: readonly CollectedEvent[]) => Promise<void>;
};
