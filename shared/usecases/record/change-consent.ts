import { CONSENT_CHANGED } from "#domain/profile/consent-event.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Consent } from "#domain/records/permission.ts";
import { hashId } from "#kernel/hash.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { Inbox } from "#ports/inbox.ts";
import type { SuppressionStore } from "#ports/suppression-store.ts";

export type ConsentDependencies = {
  readonly customers: Pick<CustomerStore, "load" | "putConsent">;
  readonly suppressions: Pick<SuppressionStore, "find" | "say">;
  readonly inbox: Inbox;
  readonly clock: Clock;
};

/** Where a message went by whose link somebody came. */
export type Mailbox = { readonly channel: string; readonly address: string };

type ConsentChange = {
  /** Null: nothing is kept of the customer any more. */
  readonly customerId: CustomerId | null;
  /** Undefined: nobody knows. */
  readonly mailbox: Mailbox | undefined;
  /** The message by whose link the customer came. */
  readonly messageId: string;
  readonly entries: readonly Consent[];
  /** What else came of it. */
  readonly events?: readonly CollectedEvent[];
};

/** Proof for the timeline: who changed which consent, when, by what page (GDPR 7(1)). */
const consentEvent = (
  customerId: CustomerId,
  messageId: string | undefined,
  consent: Consent,
): CollectedEvent => {
  const { channel, topic, status, kind, source, at, text } = consent;
  return {
    id: hashId("evt", messageId ?? customerId, CONSENT_CHANGED, channel, topic, at),
    type: "track",
    name: CONSENT_CHANGED,
    customerId,
    properties: {
      channel,
      topic,
      status,
      kind,
      source,
      ...(messageId === undefined ? {} : { messageId }),
      ...(text === undefined ? {} : { text }),
    },
    at,
    receivedAt: at,
    source: "rapport",
    imported: false,
    depth: 1,
  };
};

/** What was chosen holds where the message went, whoever has the address. */
const sayThere = async (
  suppressions: Pick<SuppressionStore, "say">,
  { channel, address }: Mailbox,
  entries: readonly Consent[],
): Promise<void> => {
  for (const { topic, status, at, channel: about } of entries) {
    if (about === channel || about === "*") await suppressions.say(channel, address, { topic, status, at });
  }
};

/**
 * Written directly, for the customer and for the address that the message went to, so that an unsubscribe never waits
 * behind anything (invariant 4); then notified like any event.
 */
export const changeConsent = async (
  { customers, suppressions, inbox }: Pick<ConsentDependencies, "customers" | "suppressions" | "inbox">,
  { customerId, mailbox, messageId, entries, events = [] }: ConsentChange,
): Promise<void> => {
  const said = entries.map((entry) => ({ ...entry, messageId }));
  await Promise.all([
    ...(mailbox === undefined ? [] : [sayThere(suppressions, mailbox, entries)]),
    ...(customerId === null || entries.length === 0 ? [] : [customers.putConsent(customerId, said)]),
  ]);
  if (customerId === null) return;
  const all = [...entries.map((entry) => consentEvent(customerId, messageId, entry)), ...events];
  if (all.length > 0) await inbox.send(all);
};

/** What a customer told the company, written as directly, and notified alike. */
export const tellConsent = async (
  {
    customers,
    inbox,
  }: Pick<ConsentDependencies, "inbox"> & {
    readonly customers: Pick<CustomerStore, "putConsent">;
  },
  customerId: CustomerId,
  consent: Consent,
): Promise<void> => {
  await customers.putConsent(customerId, [consent]);
  await inbox.send([consentEvent(customerId, undefined, consent)]);
};
