import type { JsonObject } from "#kernel/json.ts";
import type { CustomerId } from "./identity.ts";
import type { Consent } from "./permission.ts";

/** A fact to tell on the bus `rapport`; `id` is deterministic so that telling twice can be noticed. */
export type DomainEvent = {
  readonly id: string;
  readonly name: string;
  readonly detail: JsonObject;
};

/** An item of the history table. `pk` is the fact's own id, so that writing it twice changes nothing. */
export type HistoryItem = {
  readonly id: string;
  readonly kind: "event" | "merge" | "outcome";
  readonly customerId: CustomerId;
  readonly at: string;
  readonly body: JsonObject;
};

/** A timer: at `due`, `event` is published on the bus. Deleting it cancels it. */
export type Timer = { readonly id: string; readonly due: string; readonly event: DomainEvent };

/**
 * What a write owes the outside: stored beside the state, then carried out: consent, cancelled timers, timers, bus.
 * Each is idempotent.
 */
export type Effects = {
  /**
   * `last`: written after all the rest, so that whoever finds it in history knows that everything was told.
   * `first`: something told needs it there, because `recent` does not hold it.
   */
  readonly historyGoes: "first" | "last";
  readonly eventIds: readonly string[];
  readonly history: readonly HistoryItem[];
  readonly cancel: readonly Pick<Timer, "id" | "due">[];
  readonly timers: readonly Timer[];
  readonly publish: readonly DomainEvent[];
  readonly consent: readonly Consent[];
};
