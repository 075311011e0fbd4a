import type { AddressConsent } from "#domain/records/permission.ts";

/** An address that must not be written to, whoever it belongs to. */
export type Suppression = {
  readonly reason: "bounced" | "complained";
  /** ISO-8601 */
  readonly at: string;
};

/** What holds for an address, whoever has it. */
export type AddressFacts = {
  readonly suppression?: Suppression;
  /** At most one for a topic. */
  readonly said: readonly AddressConsent[];
};

/** Kept by keyed hash of channel and address: the addresses themselves are in no key. Addresses are normalized. */
export type SuppressionStore = {
  /** What is known of the given addresses; nothing of most. One request (BatchGetItem) for up to 50. */
  readonly find: (
    channel: string,
    addresses: readonly string[],
  ) => Promise<ReadonlyMap<string, AddressFacts>>;
  /** The first reason stays. */
  readonly add: (channel: string, address: string, suppression: Suppression) => Promise<void>;
  /** Keeps what was said at the address, where nothing later was said of the same topic. One request. */
  readonly say: (channel: string, address: string, said: AddressConsent) => Promise<void>;
};
