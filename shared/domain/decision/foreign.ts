import { ADDRESSES } from "#channels/all.ts";
import type { ForeignMessage } from "#channels/definition/report.ts";
import { hashId } from "#kernel/hash.ts";
import { countryOfLocale } from "#kernel/phone/phone.ts";
import { withContacts } from "../contact-policy/contact-history.ts";
import { identifierTypeOf, writtenAt } from "../message/received.ts";
import type { Foreign, PlaybookDocument } from "../playbook/model/document.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { ContactHistory } from "../records/permission.ts";
import { ADHOC_ACTION } from "./decide-message.ts";

/** What the playbook says that a message of another system counts as; undefined: it does not count. */
export const foreignKind = (
  { foreign = [] }: Pick<PlaybookDocument, "foreign">,
  { channel, configurationSet, from }: Pick<ForeignMessage, "channel" | "configurationSet" | "from">,
): Foreign | undefined =>
  foreign.find(
    (one) =>
      (one.channel === undefined || one.channel === channel) &&
      (one.configurationSet === undefined || one.configurationSet === configurationSet) &&
      (one.from === undefined || one.from.toLowerCase() === from.toLowerCase()),
  );

/** The identifier that an address is looked up by; null where it is no address of the channel. */
export const identifierAt = (
  { brand, dataModel }: Pick<PlaybookDocument, "brand" | "dataModel">,
  channel: string,
  address: string,
): string | null => {
  const spelling = ADDRESSES.get(channel)?.spelling;
  const value = spelling === undefined ? address : spelling.normalize(address, countryOfLocale(brand.locale));
  return value === null ? null : `${identifierTypeOf({ dataModel }, channel)}:${value}`;
};

export type ForeignSent = {
  readonly sent: ForeignMessage;
  readonly kind: Foreign;
  readonly customerId: string;
  /** ISO-8601 */
  readonly now: string;
};

const idOf = (prefix: string, { sent, customerId }: ForeignSent): string =>
  hashId(prefix, "foreign", sent.channel, sent.providerMessageId, customerId);

/** What a message of another system is for the profile: on the timeline, and for cool-downs. It names no decision, so that nobody learns from it. */
export const foreignEvent = (told: ForeignSent): CollectedEvent => {
  const { sent, kind, customerId, now } = told;
  const { channel, configurationSet, providerMessageId } = sent;
  return {
    id: idOf("evt", told),
    type: "outcome",
    name: "message.sent",
    customerId,
    properties: {
      foreign: true,
      channel,
      category: kind.category,
      outcome: "sent",
      providerMessageId,
      ...(kind.action === undefined ? {} : { action: kind.action }),
      ...(configurationSet === undefined ? {} : { configurationSet }),
    },
    at: writtenAt(sent.at, now),
    receivedAt: now,
    source: "rapport",
    imported: false,
    depth: 0,
  };
};

/**
 * Contact history with a message of another system, which takes a place under caps as one of ours does. Null: it is there
 * already, or its category is owed to customers, which nothing counts.
 */
export const withForeign = (
  history: ContactHistory,
  { contactPolicy }: Pick<PlaybookDocument, "contactPolicy">,
  told: ForeignSent,
): ContactHistory | null => {
  const { sent, kind, now } = told;
  const category = contactPolicy.categories.find(({ name }) => name === kind.category);
  const id = idOf("msg", told);
  if (category === undefined || category.transactional) return null;
  if (history.entries.some((entry) => entry.id === id)) return null;
  const contact = {
    id,
    at: writtenAt(sent.at, now),
    channel: sent.channel,
    category: kind.category,
    action: kind.action ?? ADHOC_ACTION,
    treatment: "",
    kind: "message",
  } as const;
  return withContacts(history, [contact], { now: Date.parse(now), caps: contactPolicy.caps });
};
