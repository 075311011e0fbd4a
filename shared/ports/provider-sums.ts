import type { Sums } from "#domain/routing/sums.ts";

/** How accounts at providers answer, shared by all processes that send. */
export type ProviderSums = {
  /** Adds to what is there; a request each. */
  readonly add: (sums: readonly Sums[]) => Promise<void>;
  /** Those of a channel from a slot of five seconds on. One request. */
  readonly since: (channel: string, slot: number) => Promise<readonly Sums[]>;
};
