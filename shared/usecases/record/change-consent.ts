import { CONSENT_CHANGED } from "#domain/profile/consent-event.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Consent } from "#domain/records/permission.ts";
import { hashId } from "#kernel/hash.ts";
import type { Clock } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { Inbox } from "#ports/inbox.ts";

export type ConsentDependencies = {
  readonly customers: Pick<CustomerStore, "load" | "putConsent">;
  readonly inbox: Inbox;
  readonly clock: Clock;
};

type ConsentChange = {
  readonly customerId: CustomerId;
  /** The message by whose link the customer came. */
  readonly messageId: string;
  readonly entries: readonly Consent[];
  /** What else came of it. */
  readonly events?: readonly CollectedEvent[];
};

/** Proof for the timeline: who changed which consent, when, by what page (GDPR 7(1)). */
const consentEvent = (customerId: CustomerId, messageId: string, consent: Consent): CollectedEvent => {
  const { channel, topic, status, kind, source, at, text } = consent;
  return {
    id: hashId("evt", messageId, CONSENT_CHANGED, channel, topic, at),
    type: "track",
    name: CONSENT_CHANGED,
    customerId,
    properties: {
      channel,
      topic,
      status,
      kind,
      source,
      messageId,
      ...(text === undefined ? {} : { text }),
    },
    at,
    receivedAt: at,
    source: "rapport",
    imported: false,
    depth: 1,
  };
};

/** Written directly, so that an unsubscribe never waits behind anything (invariant 4); then notified like any event. */
export const changeConsent = async (
  { customers, inbox }: Pick<ConsentDependencies, "customers" | "inbox">,
  { customerId, messageId, entries, events = [] }: ConsentChange,
): Promise<void> => {
  if (entries.length > 0) await customers.putConsent(customerId, entries);
  const all = [...entries.map((entry) => consentEvent(customerId, messageId, entry)), ...events];
  if (all.length > 0) await inbox.send(all);
};
