/** An address that must not be written to, whoever it belongs to. */
export type Suppression = {
  readonly reason: "bounced" | "complained";
  /** ISO-8601 */
  readonly at: string;
};

/** Kept by keyed hash of channel and address: the addresses themselves are in no key. Addresses are normalized. */
export type SuppressionStore = {
  /** Those of the given addresses that are suppressed. One request (BatchGetItem) for up to 100. */
  readonly find: (channel: string, addresses: readonly string[]) => Promise<ReadonlyMap<string, Suppression>>;
  /** The first reason stays. */
  readonly add: (channel: string, address: string, suppression: Suppression) => Promise<void>;
};
