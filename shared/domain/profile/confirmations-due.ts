import { HOUR_MS } from "#kernel/time.ts";
import { consentKey, isPublicGrant } from "../contact-policy/consent.ts";
import { pendingTopics } from "../contact-policy/pending-topics.ts";
import { carriesLinks } from "../playbook/model/confirm.ts";
import type { CustomerState } from "../records/customer.ts";
import type { DomainEvent } from "../records/effects.ts";
import type { Consent, ConsentState } from "../records/permission.ts";
import { BANNER } from "./consent-event.ts";
import { type Applying, skipReason, type TriggeringEvent } from "./trigger/triggers.ts";
import { firedEvent } from "./trigger/waits.ts";

/** Stands for a trigger in the records of messages that ask to confirm consent. */
const CONFIRMATION = "consent.confirmation";

/** An event that comes later is old news: who agreed then does not wait for a mail any more. */
const MAX_AGE_MS = HOUR_MS;

type Subject = { readonly state: CustomerState; readonly consent: ConsentState };

const channelsIn = ({ addresses }: CustomerState): ReadonlySet<string> =>
  new Set(addresses.map(({ channel }) => channel));

/** Whether anybody asks for an answer: a banner says the same with every page, so only its first time counts. */
const isQuestion = (entry: Consent, before: ConsentState): boolean =>
  isPublicGrant(entry) && (entry.source !== BANNER || !Object.hasOwn(before.entries, consentKey(entry)));

/**
 * What asks for a message that confirms consent: a public key's yes that is pending now, also an earlier one for which
 * there was no address before.
 */
export const confirmationsDue = (
  before: Subject,
  after: Subject & { readonly newConsent: readonly Consent[] },
  event: TriggeringEvent,
  { playbook, now }: Applying,
): readonly DomainEvent[] => {
  const { brand, contactPolicy } = playbook.document;
  if (!contactPolicy.categories.some(({ confirm }) => confirm === "double")) return [];
  if (skipReason({ maxAgeMs: MAX_AGE_MS }, event, now) !== null) return [];
  const at = new Date(now).toISOString();
  const isPending = (channel: string): boolean =>
    pendingTopics(after.consent, contactPolicy, channel, at).length > 0;
  const had = channelsIn(before.state);
  const reached = [...channelsIn(after.state)].filter((channel) => !had.has(channel));
  const asked = after.newConsent
    .filter((entry) => isQuestion(entry, before.consent))
    .map(({ channel }) => channel);
  return [...new Set([...asked, ...reached])]
    .filter((channel) =>
      (channel === "*" ? brand.channelPreference.filter(carriesLinks) : [channel]).some(isPending),
    )
    .map((channel) =>
      firedEvent({
        customerId: after.state.customerId,
        trigger: CONFIRMATION,
        placement: CONFIRMATION,
        eventId: event.id,
        eventAt: event.at,
        depth: event.depth,
        channel,
      }),
    );
};
