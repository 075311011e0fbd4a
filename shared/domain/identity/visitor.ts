import type { CustomerState } from "../records/customer.ts";

/** What a browser or an app has of itself, and gives without anybody saying who they are. */
const OF_A_DEVICE = ["anonymousId", "deviceToken"];

/**
 * Whether nobody knows who it is: a browser or an app that has never said. An anonymousId is no secret of a person's:
 * whoever holds a write key can have their own linked to anybody.
 */
export const isVisitor = ({
  identifiers,
  addresses,
}: Pick<CustomerState, "identifiers" | "addresses">): boolean => {
  const own = new Set(identifiers.map(({ value }) => value));
  return (
    identifiers.every(({ type }) => OF_A_DEVICE.includes(type)) &&
    addresses.every(({ value }) => own.has(value))
  );
};
