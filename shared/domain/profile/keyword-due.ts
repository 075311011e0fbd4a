import { HOUR_MS } from "#kernel/time.ts";
import { consentKey } from "../contact-policy/consent.ts";
import { MESSAGE_RECEIVED } from "../playbook/model/known.ts";
import type { DomainEvent } from "../records/effects.ts";
import type { CustomerId } from "../records/identity.ts";
import type { Consent, ConsentState } from "../records/permission.ts";
import { type Applying, skipReason, type TriggeringEvent } from "./trigger/triggers.ts";
import { firedEvent } from "./trigger/waits.ts";

/** Stands for a trigger in the records of answers to a word that the law knows. */
const ANSWER = "keyword";

/** Nobody waits for an answer that long. */
const MAX_AGE_MS = HOUR_MS;

type Answered = "stop" | "start" | "help";

const answeredAs = (keyword: unknown): Answered | null => {
  if (keyword === "revocation") return "stop";
  return keyword === "stop" || keyword === "start" || keyword === "help" ? keyword : null;
};

/** Saying so again is heard, and not answered again. */
const changes = (before: ConsentState, newConsent: readonly Consent[]): boolean =>
  newConsent.some((entry) => before.entries[consentKey(entry)]?.status !== entry.status);

/** The one answer that a word of law asks for: none where the provider answers itself, or where nothing changes by it. */
export const keywordDue = (
  customerId: CustomerId,
  event: TriggeringEvent,
  { before, newConsent }: { readonly before: ConsentState; readonly newConsent: readonly Consent[] },
  { playbook, now }: Applying,
): readonly DomainEvent[] => {
  const { channel, keyword: told } = event.properties;
  const keyword = event.name === MESSAGE_RECEIVED ? answeredAs(told) : null;
  if (keyword === null || typeof channel !== "string") return [];
  if (playbook.document.brand.keywordsByProvider?.includes(channel)) return [];
  if (skipReason({ maxAgeMs: MAX_AGE_MS }, event, now) !== null) return [];
  if (keyword !== "help" && !changes(before, newConsent)) return [];
  const { id: eventId, at: eventAt, depth } = event;
  return [
    firedEvent({ customerId, trigger: ANSWER, placement: ANSWER, eventId, eventAt, depth, channel, keyword }),
  ];
};
