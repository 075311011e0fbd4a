import type { AccountSecrets } from "./provider-accounts.ts";

/** A signed call that tells a system outside of something. */
export type OutletCall = {
  readonly url: string;
  readonly secrets: AccountSecrets;
  /** The same for each try of the same event: the system knows by it what it has already. */
  readonly id: string;
  readonly body: string;
  /** Milliseconds for a connection, then for an answer. */
  readonly patience: { readonly connectMs: number; readonly answerMs: number };
};

/**
 * taken: any 2xx. gone: the system wants nothing any more (410). failed: anything else; a redirect is not followed. `reason`
 * is a short name without anything that the system said.
 */
export type OutletAnswer =
  | { readonly result: "taken"; readonly status: number }
  | { readonly result: "gone"; readonly status: number }
  | {
      readonly result: "failed";
      readonly reason: string;
      readonly status?: number;
      /** Seconds that the system asks to wait. */
      readonly retryAfter?: number;
    };

/** Who carries what systems outside are told: the face `outlet.ts` of a provider. */
export type EventOutlet = {
  /** Environment variables that the function must have; each is `direct` in AWS. */
  readonly settings: readonly string[];
  /** Names of what an account's secret must hold. */
  readonly secrets: readonly string[];
  readonly connect: (around: {
    readonly setting: (name: string) => string;
    readonly now: () => number;
  }) => (call: OutletCall) => Promise<OutletAnswer>;
};
