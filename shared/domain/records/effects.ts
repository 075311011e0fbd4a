import type { JsonObject } from "#kernel/json.ts";
import type { CustomerId } from "./identity.ts";
import type { Consent } from "./permission.ts";

/** A fact to publish on the bus `rapport`. `id` is deterministic, so that subscribers notice a fact that comes twice. */
export type DomainEvent = {
  readonly id: string;
  readonly name: string;
  readonly detail: JsonObject;
};

/** An item of the history table. `pk` is the fact's own id, so that writing it twice changes nothing. */
export type HistoryItem = {
  readonly id: string;
  /** `number`: leads from a customer's number to the message that has it; in nobody's timeline. */
  readonly kind: "event" | "merge" | "outcome" | "number";
  readonly customerId: CustomerId;
  readonly at: string;
  readonly body: JsonObject;
};

/** A timer: at `due`, `event` is published on the bus. Deleting it cancels it. */
export type Timer = { readonly id: string; readonly due: string; readonly event: DomainEvent };

/**
 * What follows from a write of a customer's state: history, consent, timers to cancel and to set, facts to publish. Stored
 * beside the state, then carried out. Each step is idempotent.
 */
export type Effects = {
  /**
   * `last`: history is written after the rest, so that finding it there proves that the rest was done.
   * `first`: a subscriber needs it in history, because `recent` does not hold the event.
   */
  readonly historyGoes: "first" | "last";
  readonly eventIds: readonly string[];
  readonly history: readonly HistoryItem[];
  readonly cancel: readonly Pick<Timer, "id" | "due">[];
  readonly timers: readonly Timer[];
  readonly publish: readonly DomainEvent[];
  readonly consent: readonly Consent[];
};
