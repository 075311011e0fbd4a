import type { RapportError } from "#kernel/errors.ts";

/** One event of a message that can never be applied; `event` as it came, for it may not even be one. */
export type PoisonEvent = { readonly event: unknown; readonly reason: RapportError };
export type DeadLetters = {
  /** Keeps each event alone, with its reason, where an operator finds it. */
  readonly put: (group: string, poison: readonly PoisonEvent[]) => Promise<void>;
};
