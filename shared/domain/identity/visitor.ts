import type { CustomerState } from "../records/customer.ts";

/**
 * Whether nobody knows who it is: a browser that has never said. An anonymousId is no secret of a person's: whoever holds
 * a write key can have their own linked to anybody.
 */
export const isVisitor = ({
  identifiers,
  addresses,
}: Pick<CustomerState, "identifiers" | "addresses">): boolean =>
  addresses.length === 0 && identifiers.every(({ type }) => type === "anonymousId");
