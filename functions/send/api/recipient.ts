import { fingerprints } from "#domain/customer/computed/traits.ts";
import { newRecord, newState } from "#domain/customer/state.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { CustomerRecord, CustomerState } from "#domain/records/customer.ts";
import type { Identifier } from "#domain/records/identity.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import { readRef } from "#runtime/http/customer-ref.ts";

export type Recipient = {
  readonly record: CustomerRecord;
  /** The address that was named, when it was one. */
  readonly address?: { readonly channel: string; readonly value: string };
};
export type RecipientDependencies = {
  readonly customers: CustomerStore;
  readonly clock: Clock;
  readonly ids: Ids;
};

const MAX_TRIES = 5;

const addressIn = (identifier: Identifier, playbook: CompiledPlaybook): Recipient["address"] => {
  const channel = playbook.identifierTypes.get(identifier.type)?.channel;
  return channel === undefined ? undefined : { channel, value: identifier.value };
};

/** Somebody of whom we know no more than the identifier they were called by. */
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
    identifiers: [identifier],
    addresses: address === undefined ? [] : [{ ...address, status: "active", at }],
  };
};

/**
 * The customer a message is for; made on the spot when nobody has that identifier yet. Throws `invalid_request` for
 * what is no identifier, `not_found` for an id of ours that does not exist.
 */
export const findRecipient = async (
  deps: RecipientDependencies,
  to: string,
  playbook: CompiledPlaybook,
): Promise<Recipient> => {
  const ref = readRef(to, playbook, "to");
  const colon = to.indexOf(":");
  if (ref === null && colon !== -1) {
    throw wrongField("to", "a valid value of its type", "another text");
  }
  if (ref === null || colon === -1) {
    const record = ref === null ? null : await deps.customers.find(ref);
    if (record === null) throw new RapportError("not_found", "there is no customer of that id");
    return { record };
  }
  const identifier = { type: ref.slice(0, ref.indexOf(":")), value: ref.slice(ref.indexOf(":") + 1) };
  const address = addressIn(identifier, playbook);
  const named = address === undefined ? {} : { address };
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    const known = await deps.customers.find(ref);
    if (known !== null) return { record: known, ...named };
    const state = stranger(deps, identifier, playbook);
    const links = [{ identifier, to: state.customerId }];
    const saved = await deps.customers.save({ customers: [state], links });
    if (saved === "saved") return { record: newRecord(state), ...named };
  }
  throw new RapportError("conflict", "the customer is being changed, try again", { retryAfter: 1 });
};
