import type { CustomerState } from "../records/customer.ts";
import type { Identifier } from "../records/identity.ts";

/** What a browser or an app has of itself, and gives without anybody saying who they are. */
const OF_A_DEVICE = ["anonymousId", "deviceToken"];

/** Whether an identifier of the type says more than which browser or app it is. */
export const saysWho = ({ type }: Pick<Identifier, "type">): boolean => !OF_A_DEVICE.includes(type);

/**
 * Whether nobody knows who it is: a browser or an app that has never said. An anonymousId is no secret of a person's:
 * whoever holds a write key can have their own linked to anybody. Who was once named together with somebody is no visitor
 * either, whether they were joined or not: otherwise a join that is refused would tell who is a customer.
 */
export const isVisitor = ({
  identifiers,
  addresses,
  named,
}: Pick<CustomerState, "identifiers" | "addresses" | "named">): boolean => {
  const own = new Set(identifiers.map(({ value }) => value));
  return named === undefined && !identifiers.some(saysWho) && addresses.every(({ value }) => own.has(value));
};
