import { fingerprints } from "#domain/customer/computed/traits.ts";
import { newRecord, newState } from "#domain/customer/state.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord, CustomerState } from "#domain/records/customer.ts";
import type { Identifier } from "#domain/records/identity.ts";
import { RapportError } from "#kernel/errors.ts";
import { CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";

export type Recipient = {
  readonly record: CustomerRecord;
  /** The address that was named, when it was one. */
  readonly address?: { readonly channel: string; readonly value: string };
};
export type RecipientDependencies = {
  readonly customers: Pick<CustomerStore, "find" | "save">;
  readonly clock: Clock;
  readonly ids: Ids;
};

const MAX_TRIES = 5;

const addressIn = (identifier: Identifier, playbook: CompiledPlaybook): Recipient["address"] => {
  const channel = playbook.identifierTypes.get(identifier.type)?.channel;
  return channel === undefined ? undefined : { channel, value: identifier.value };
};

/** A new customer with nothing but the identifier that was named. */
const stranger = (
  { clock, ids }: RecipientDependencies,
  identifier: Identifier,
  playbook: CompiledPlaybook,
): CustomerState => {
  const at = new Date(clock.now()).toISOString();
  const address = addressIn(identifier, playbook);
  return {
    ...newState(ids.id("cus"), at, [...fingerprints(playbook).values()]),
    version: 1,
    vouchedAt: at,
    identifiers: [identifier],
    addresses: address === undefined ? [] : [{ ...address, status: "active", at }],
  };
};

/**
 * The customer a message is for; created when no customer has that identifier yet.
 * @param ref customerId, or a normalized `type:value`
 * @throws RapportError `not_found` for an id of ours that does not exist
 */
export const findRecipient = async (
  deps: RecipientDependencies,
  ref: string,
  playbook: CompiledPlaybook,
): Promise<Recipient> => {
  const colon = ref.indexOf(":");
  if (colon === -1) {
    const record = await deps.customers.find(ref);
    if (record === null) throw noSuchCustomer();
    return { record };
  }
  const identifier = { type: ref.slice(0, colon), value: ref.slice(colon + 1) };
  const address = addressIn(identifier, playbook);
  const named = address === undefined ? {} : { address };
  const message = "the customer is being changed, try again";
  return retryConflicts({ tries: MAX_TRIES, message }, async () => {
    const known = await deps.customers.find(ref);
    if (known !== null) return { record: known, ...named };
    const state = stranger(deps, identifier, playbook);
    const links = [{ identifier, to: state.customerId }];
    const saved = await deps.customers.save({ customers: [state], links });
    return saved === "saved" ? { record: newRecord(state), ...named } : CONFLICT;
  });
};

const noSuchCustomer = (): RapportError => new RapportError("not_found", "there is no customer of that id");
