import { createHash } from "node:crypto";

/**
 * A number in [0, 1) that is always the same for the same experiment and customer, and unrelated between experiments:
 * the salt keeps one experiment's groups from lining up with another's.
 */
export const unitInterval = (salt: string, customerId: string): number => {
  const digest = createHash("sha256").update(`${salt}\u0000${customerId}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48;
};

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
