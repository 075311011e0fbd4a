import * as z from "zod/mini";
import { NO_CONSENT, NO_CONTACT } from "#domain/customer/state.ts";
import { heldConsent } from "#domain/profile/consent.ts";
import type { CustomerRecord, CustomerState } from "#domain/records/customer.ts";
import type { CustomerId, Identifier } from "#domain/records/identity.ts";
import type { ConsentState, ContactHistory } from "#domain/records/permission.ts";
import { keyedHash } from "#kernel/hash.ts";
import { isObject } from "#kernel/json.ts";
import type { SecretKey } from "#kernel/keyring.ts";
import { attributes, type Item, keyOf } from "../requests/items.ts";
import { packBody, unpackBody } from "./packed-body.ts";

/*
 * How a customer lies in the table `customers`: pk = customerId, sk = `state`, `contact`, `consent` or `key`. What is
 * read as a whole lies in `body` as one JSON string: cheaper to write and to parse than nested attributes; a state, which
 * every event writes, is packed where that saves a unit (packed-body.ts). `version` is an
 * attribute of its own for the conditions, `mergedInto` for those who follow it, and `absorbed` for those who may know
 * nothing else of a customer.
 */

/** We wrote the body ourselves: one look that it is what we wrote is enough, a walk through it would cost every read. */
const StateBody = z.custom<CustomerState>((value) => isObject(value) && Array.isArray(value.identifiers));
const ContactBody = z.custom<Omit<ContactHistory, "version">>(
  (value) => isObject(value) && Array.isArray(value.entries),
);
const ConsentBody = z.custom<Pick<ConsentState, "entries">>(
  (value) => isObject(value) && isObject(value.entries),
);

const bodyOf = ({ body }: Item): unknown =>
  body?.B === undefined ? JSON.parse(body?.S ?? "null") : unpackBody(body.B);
const versionOf = (item: Item): number => Number(item.version?.N ?? 0);

export const stateKey = (customerId: CustomerId): Item => keyOf(customerId, "state");
export const contactKey = (customerId: CustomerId): Item => keyOf(customerId, "contact");
export const dataKeyKey = (customerId: CustomerId): Item => keyOf(customerId, "key");
export const consentKey = (customerId: CustomerId): Item => keyOf(customerId, "consent");

/** All that one Query on the partition returns, by key. */
export const partKeys = (customerId: CustomerId): readonly Item[] =>
  [stateKey, contactKey, consentKey, dataKeyKey].map((key) => key(customerId));

/** Look-up item of an identifier; the address itself never is a key (invariant 11). */
export const pointerKey = ({ type, value }: Identifier, { version, key }: SecretKey): Item =>
  keyOf(`i#${version}#${keyedHash(key, type, value)}`, "pointer");

const stateItem = (state: CustomerState, body: string | Uint8Array): Item => ({
  ...stateKey(state.customerId),
  ...attributes({
    version: state.version,
    body,
    mergedInto: state.mergedInto,
    absorbed: state.absorbed.length === 0 ? undefined : new Set(state.absorbed),
  }),
});

export const toStateItem = (state: CustomerState): Item => stateItem(state, packBody(state));
/** As release 0.1 wrote it. */
export const toPlainStateItem = (state: CustomerState): Item => stateItem(state, JSON.stringify(state));

/** `mergedInto` is read from the attribute: shortening a chain of merges rewrites only that. */
const fromStateItem = (item: Item): CustomerState => {
  const state = z.parse(StateBody, bodyOf(item));
  const mergedInto = item.mergedInto?.S;
  return { ...state, version: versionOf(item), ...(mergedInto === undefined ? {} : { mergedInto }) };
};

export const toContactItem = (
  customerId: CustomerId,
  { version, entries, coolDowns, holds, refusals }: ContactHistory,
): Item => ({
  ...contactKey(customerId),
  ...attributes({ version, body: JSON.stringify({ entries, coolDowns, holds, refusals }) }),
});
export const fromContactItem = (item: Item): ContactHistory => ({
  ...z.parse(ContactBody, bodyOf(item)),
  version: versionOf(item),
});

export const toDataKeyItem = (customerId: CustomerId, dataKey: Uint8Array): Item => ({
  ...dataKeyKey(customerId),
  ...attributes({ dataKey }),
});

export const toConsentItem = (
  customerId: CustomerId,
  consent: ConsentState,
  mergedInto?: CustomerId,
): Item => ({
  ...consentKey(customerId),
  ...attributes({
    version: consent.version ?? 0,
    body: JSON.stringify({ entries: consent.entries }),
    mergedInto,
  }),
});
export const fromConsentItem = (item: Item): ConsentState => ({
  ...z.parse(ConsentBody, bodyOf(item)),
  version: versionOf(item),
});

/** What one Query on the partition returned, or null when there is no `state`: then there is no such customer. */
export const toRecord = (items: readonly Item[]): CustomerRecord | null => {
  const find = (sk: string) => items.find((item) => item.sk?.S === sk);
  const stateItem = find("state");
  if (stateItem === undefined) return null;
  const state = fromStateItem(stateItem);
  const contact = find("contact");
  const consent = find("consent");
  const dataKey = find("key")?.dataKey?.B;
  return {
    state,
    contact: contact === undefined ? NO_CONTACT : fromContactItem(contact),
    consent: heldConsent(consent === undefined ? NO_CONSENT : fromConsentItem(consent), state.unsent),
    ...(dataKey === undefined ? {} : { dataKey }),
  };
};
