import { createHash } from "node:crypto";
import type { CustomerId, CustomerState } from "../profile/types.ts";

/**
 * A number in [0, 1) that is always the same for the same experiment and customer, and unrelated between experiments:
 * the salt keeps one experiment's groups from lining up with another's.
 */
export const unitInterval = (salt: string, customerId: string): number => {
  const digest = createHash("sha256").update(`${salt}\u0000${customerId}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
};

/**
 * By whose id a person is assigned: of all customers who turned out to be that person the one known longest, since ids
 * sort by the time they were made. So whoever has been known keeps their variant when another visitor turns out to be them.
 */
export const oldestId = (person: Pick<CustomerState, "customerId" | "absorbed">): CustomerId =>
  [person.customerId, ...person.absorbed].sort()[0] ?? person.customerId;

export type Variant = { readonly name: string; readonly weight: number };

/** The variant of one customer. Weights need not sum to 1; a weight of 0 gets nobody. Throws when nothing has weight. */
export const assign = <V extends Variant>(salt: string, customerId: string, variants: readonly V[]): V => {
  const total = variants.reduce((sum, variant) => sum + variant.weight, 0);
  let left = unitInterval(salt, customerId) * total;
  for (const variant of variants) {
    left -= variant.weight;
    if (left < 0) return variant;
  }
  throw new RangeError(`experiment ${salt} has no variant with a weight`);
};
