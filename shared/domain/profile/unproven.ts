import { BOUNDS } from "#kernel/bounds.ts";
import { fitting } from "#kernel/fitting.ts";
import type { Json, JsonObject } from "#kernel/json.ts";
import { countryOfLocale } from "#kernel/phone/phone.ts";
import { addressTypeOf, identifierKey, normalizeIdentifier } from "../identity/identifiers.ts";
import { guardsOf, isPublic, isVouched } from "../identity/standing.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { Address, CustomerState } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Identifier } from "../records/identity.ts";
import type { RefusedFact } from "./traits.ts";

type Ways = Pick<CustomerState, "addresses" | "identifiers">;

/** Whether a customer is reached, or logs in, by it. */
const counts = (
  { addresses, identifiers }: Ways,
  { type, value }: Identifier,
  playbook: CompiledPlaybook,
): boolean => {
  const channel = playbook.identifierTypes.get(type)?.channel;
  return channel === undefined
    ? identifiers.some((one) => one.type === type && one.value === value)
    : addresses.some((one) => one.channel === channel && one.value === value);
};

/** Addresses as the identifiers they are. */
export const asIdentifiers = (addresses: readonly Address[], playbook: CompiledPlaybook): Identifier[] =>
  addresses.flatMap(({ channel, value }) => {
    const type = addressTypeOf(playbook, channel);
    return type === undefined ? [] : [{ type: type.type, value }];
  });

/** What a public key said and nobody else did, each once; what counts by now is no longer among it. */
export const mergeUnproven = (
  unproven: readonly Identifier[],
  ways: Ways,
  playbook: CompiledPlaybook,
): readonly Identifier[] => {
  const open = unproven.filter((one) => !counts(ways, one, playbook));
  const each = new Map(open.map(({ type, value }) => [identifierKey({ type, value }), { type, value }]));
  return fitting(
    [...each].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one),
    BOUNDS.unprovenBytes,
  );
};

/** The logins that a trait's value stands for. */
const loginsIn = (name: string, value: Json, playbook: CompiledPlaybook): Identifier[] => {
  const { logins } = guardsOf(playbook);
  const country = countryOfLocale(playbook.document.brand.locale);
  return [...playbook.identifierTypes.values()].flatMap((type) => {
    if (!logins.has(type.type) || !type.from.includes(`traits.${name}`)) return [];
    const login = normalizeIdentifier(type, value, country);
    return login === null ? [] : [{ type: type.type, value: login }];
  });
};

/**
 * The traits that an event sets: a public key sets any but those that say an address or a login which does not count.
 * @param ways the customer's, after the event
 */
export const settableTraits = (
  values: JsonObject,
  event: CollectedEvent,
  ways: Ways & { readonly vouchedAt: string },
  playbook: CompiledPlaybook,
): { readonly values: JsonObject; readonly refused: readonly RefusedFact[] } => {
  const { traits } = guardsOf(playbook);
  if (!isPublic(event) || !Object.keys(values).some((name) => traits.has(name)))
    return { values, refused: [] };
  const may = ([name, value]: [string, Json]): boolean => {
    if (!traits.has(name)) return true;
    const logins = loginsIn(name, value, playbook);
    if (logins.length === 0) return !isVouched(ways, event);
    return logins.every((one) => counts(ways, one, playbook));
  };
  const entries = Object.entries(values);
  return {
    values: Object.fromEntries(entries.filter(may)),
    refused: entries
      .filter((one) => !may(one))
      .map(([name]) => ({ what: `traits.${name}`, reason: "unproven" as const })),
  };
};
