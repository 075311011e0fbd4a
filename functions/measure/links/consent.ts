import { CONSENT_CHANGED } from "#domain/profile/consent-event.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Consent } from "#domain/records/permission.ts";
import { hashId } from "#kernel/hash.ts";
import type { LinkDependencies } from "./dependencies.ts";

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

/** Written directly, so that an unsubscribe never waits behind anything (invariant 4); then told like any event. */
export async function changeConsent(
  deps: LinkDependencies,
  customerId: CustomerId,
  messageId: string,
  entries: readonly Consent[],
  others: readonly CollectedEvent[] = [],
): Promise<void> {
  if (entries.length > 0) await deps.customers.putConsent(customerId, entries);
  const events = [...entries.map((entry) => consentEvent(customerId, messageId, entry)), ...others];
  if (events.length > 0) await deps.inbox.send(events);
}
