import { fraction } from "#kernel/hash.ts";
import type { CustomerState } from "../records/customer.ts";
import type { CustomerId } from "../records/identity.ts";

/**
 * The id by which a person is assigned to groups: the oldest of the customers merged into one (ids sort by the time they
 * were made). So a person keeps their group when a newer anonymous visitor turns out to be them.
 */
export const oldestId = (person: Pick<CustomerState, "customerId" | "absorbed">): CustomerId =>
  [person.customerId, ...person.absorbed].sort()[0] ?? person.customerId;

export type Variant = { readonly name: string; readonly weight: number };

/**
 * The variant of one customer: always the same, and unrelated between experiments, since the salt keeps one's groups from
 * lining up with another's. Weights need not sum to 1; a weight of 0 gets nobody. Throws when nothing has weight.
 */
export const assign = <V extends Variant>(salt: string, customerId: string, variants: readonly V[]): V => {
  const total = variants.reduce((sum, variant) => sum + variant.weight, 0);
  let left = fraction(salt, customerId) * total;
  for (const variant of variants) {
    left -= variant.weight;
    if (left < 0) return variant;
  }
  throw new RangeError(`experiment ${salt} has no variant with a weight`);
};
