import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { NO_CONSENT, NO_CONTACT } from "#domain/customer/state.ts";
import type { CustomerRecord, CustomerState } from "#domain/records/customer.ts";
import type { CustomerId, Identifier } from "#domain/records/identity.ts";
import type { ConsentState, ContactHistory } from "#domain/records/permission.ts";
import { keyedHash } from "#kernel/hash.ts";

/**
 * How a customer lies in the table `customers`: pk = customerId, sk = `state`, `contact`, `consent` or `key`. What is
 * read as a whole lies in `body` as one JSON string: cheaper to write and to parse than nested attributes. `version` is an
 * attribute of its own for the conditions, `mergedInto` for those who follow it, and `absorbed` for those who may know
 * nothing else of a customer.
 */
export type CustomerItem = Record<string, AttributeValue>;
export type IdentifierKey = { readonly version: string; readonly key: string };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** We wrote the body ourselves: one look that it is what we wrote is enough, a walk through it would cost every read. */
const StateBody = z.custom<CustomerState>((value) => isObject(value) && Array.isArray(value.identifiers));
const ContactBody = z.custom<Omit<ContactHistory, "version">>(
  (value) => isObject(value) && Array.isArray(value.entries),
);
const ConsentBody = z.custom<Pick<ConsentState, "entries">>(
  (value) => isObject(value) && isObject(value.entries),
);

const bodyOf = (item: CustomerItem): unknown => JSON.parse(item.body?.S ?? "null");
const versionOf = (item: CustomerItem): number => Number(item.version?.N ?? 0);
const key = (customerId: CustomerId, sk: string): CustomerItem => ({ pk: { S: customerId }, sk: { S: sk } });

export const stateKey = (customerId: CustomerId): CustomerItem => key(customerId, "state");
export const contactKey = (customerId: CustomerId): CustomerItem => key(customerId, "contact");
export const dataKeyKey = (customerId: CustomerId): CustomerItem => key(customerId, "key");
export const consentKey = (customerId: CustomerId): CustomerItem => key(customerId, "consent");

/** All that one Query on the partition returns, by key. */
export const partKeys = (customerId: CustomerId): readonly CustomerItem[] =>
  [stateKey, contactKey, consentKey, dataKeyKey].map((keyOf) => keyOf(customerId));

/** Look-up item of an identifier; the address itself never is a key (invariant 11). */
export const pointerKey = (identifier: Identifier, hash: IdentifierKey): CustomerItem => ({
  pk: { S: `i#${hash.version}#${keyedHash(hash.key, identifier.type, identifier.value)}` },
  sk: { S: "pointer" },
});

export const toStateItem = (state: CustomerState): CustomerItem => ({
  ...stateKey(state.customerId),
  version: { N: String(state.version) },
  body: { S: JSON.stringify(state) },
  ...(state.mergedInto === undefined ? {} : { mergedInto: { S: state.mergedInto } }),
  ...(state.absorbed.length === 0 ? {} : { absorbed: { SS: [...state.absorbed] } }),
});

/** `mergedInto` is read from the attribute: shortening a chain of merges rewrites only that. */
const fromStateItem = (item: CustomerItem): CustomerState => {
  const state = z.parse(StateBody, bodyOf(item));
  const mergedInto = item.mergedInto?.S;
  return { ...state, version: versionOf(item), ...(mergedInto === undefined ? {} : { mergedInto }) };
};

export const toContactItem = (customerId: CustomerId, history: ContactHistory): CustomerItem => ({
  ...contactKey(customerId),
  version: { N: String(history.version) },
  body: {
    S: JSON.stringify({ entries: history.entries, coolDowns: history.coolDowns, holds: history.holds }),
  },
});
export const fromContactItem = (item: CustomerItem): ContactHistory => ({
  ...z.parse(ContactBody, bodyOf(item)),
  version: versionOf(item),
});

export const toDataKeyItem = (customerId: CustomerId, dataKey: Uint8Array): CustomerItem => ({
  ...dataKeyKey(customerId),
  dataKey: { B: dataKey },
});

export const toConsentItem = (
  customerId: CustomerId,
  consent: ConsentState,
  mergedInto?: CustomerId,
): CustomerItem => ({
  ...consentKey(customerId),
  version: { N: String(consent.version ?? 0) },
  body: { S: JSON.stringify({ entries: consent.entries }) },
  ...(mergedInto === undefined ? {} : { mergedInto: { S: mergedInto } }),
});
export const fromConsentItem = (item: CustomerItem): ConsentState => ({
  ...z.parse(ConsentBody, bodyOf(item)),
  version: versionOf(item),
});

/** What one Query on the partition returned, or null when there is no `state`: then there is no such customer. */
export const toRecord = (items: readonly CustomerItem[]): CustomerRecord | null => {
  const find = (sk: string) => items.find((item) => item.sk?.S === sk);
  const state = find("state");
  if (state === undefined) return null;
  const contact = find("contact");
  const consent = find("consent");
  const dataKey = find("key")?.dataKey?.B;
  return {
    state: fromStateItem(state),
    contact: contact === undefined ? NO_CONTACT : fromContactItem(contact),
    consent: consent === undefined ? NO_CONSENT : fromConsentItem(consent),
    ...(dataKey === undefined ? {} : { dataKey }),
  };
};
