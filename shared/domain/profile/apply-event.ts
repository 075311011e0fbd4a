import type { FeelContext } from "#feel/index.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { once } from "#kernel/once.ts";
import { earlierOf, laterOf } from "#kernel/time.ts";
import { holdingAfter } from "../conversation/holding.ts";
import { leftAlone, numberReceived } from "../conversation/received-number.ts";
import { conversationAfter } from "../conversation/told.ts";
import { type Counting, countEvent, declareComputed } from "../customer/computed/traits.ts";
import { noteOutcome } from "../customer/responses.ts";
import { customerView, environmentAt, eventView, feelBrand, feelNow, holds } from "../customer/view.ts";
import { unusableIn } from "../identity/identifiers.ts";
import { guardsOf, isOnlyHistory, isPublic } from "../identity/standing.ts";
import { countedOutcome, recordedOutcome } from "../outcome/recorded.ts";
import { conversationPolicyOf } from "../playbook/model/conversations.ts";
import type { CustomerState } from "../records/customer.ts";
import type { DomainEvent, HistoryItem, Timer } from "../records/effects.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Consent, ConsentState } from "../records/permission.ts";
import type { EventIdentifiers } from "./addresses.ts";
import { confirmationsDue } from "./confirmations-due.ts";
import { admittedConsent, mergeConsent, newerConsent } from "./consent.ts";
import { consentOf } from "./consent-event.ts";
import { noteDeviceZone } from "./device-zone.ts";
import { eventHistory, segmentHistory } from "./facts.ts";
import { keywordDue } from "./keyword-due.ts";
import { mergeContested } from "./merge.ts";
import { profileBytes } from "./profile-size.ts";
import { propertiesOf, recentOf, remember } from "./recent.ts";
import { updateSegments } from "./segments.ts";
import { toldOutside } from "./told-outside.ts";
import { publicBytes, type RefusedFact, setTraits } from "./traits.ts";
import { type Applying, fireAll, type SkipReason, type TriggeringEvent } from "./trigger/triggers.ts";
import { settableTraits } from "./unproven.ts";
import { waysOf } from "./ways.ts";
import { noteWrote } from "./wrote.ts";

/** Size of a profile: measured when first asked for, since only traits make it grow past its bounds. */
export type Size = { readonly stored: () => number; readonly grown: number };
export const sizeOf = (state: CustomerState): Size => ({ stored: once(() => profileBytes(state)), grown: 0 });
export const bytesOf = ({ stored, grown }: Size): number => stored() + grown;

/** The customer an event is about, before the event is applied. */
export type Subject = {
  readonly state: CustomerState;
  readonly consent: ConsentState;
  readonly size: Size;
};
/** The customer after an event, and what follows from it. */
export type EventResult = Subject & {
  readonly history: readonly HistoryItem[];
  readonly publish: readonly DomainEvent[];
  readonly timers: readonly Timer[];
  readonly cancel: readonly Pick<Timer, "id" | "due">[];
  readonly newConsent: readonly Consent[];
  readonly fired: number;
  readonly skipped: readonly SkipReason[];
  readonly refused: readonly RefusedFact[];
  /** What triggers heard: the event, unless it is only history, and the segment changes it caused. */
  readonly causes: readonly TriggeringEvent[];
};

/** A computed trait that could not count the event's value: it is of another kind. */
const otherKind = (name: string): RefusedFact => ({ what: `computed.${name}`, reason: "other-kind" });

/** Traits, identifiers, addresses, counters and the recent past: all of it commutes. */
const takeIn = (
  subject: Subject,
  event: CollectedEvent,
  identifiers: EventIdentifiers,
  { playbook, now }: Applying,
): { readonly state: CustomerState; readonly refused: readonly RefusedFact[]; readonly size: Size } => {
  const { state } = subject;
  const { ways, refused: unproven } = waysOf(state, event, identifiers, playbook);
  // A group's traits are the group's, not the person's (Segment's specification of `group`).
  const given = event.type === "identify" ? (event.traits ?? {}) : {};
  const { values, refused } = settableTraits(given, event, ways, playbook);
  const set = setTraits(state.traits, values, event, {
    room: () => BOUNDS.stateBytes - bytesOf(subject.size) + (isPublic(event) ? 0 : publicBytes(state.traits)),
    logins: guardsOf(playbook).traits,
  });
  const fact = recentOf(event);
  const scope = once(() => ({ event: eventView(fact, playbook) }));
  const environment = environmentAt(playbook, Date.parse(event.at));
  const declared = declareComputed(state, playbook, new Date(now).toISOString());
  const counts = !isOnlyHistory(event, playbook);
  const matches: Counting["matches"] = ({ test }) =>
    counts && (test === undefined || holds(test, scope(), environment));
  const { leftOut, ...counted } = countEvent(declared, fact, { playbook, matches, now });
  const { unproven: _, conversation: before, ...known } = state;
  const conversation = counts
    ? conversationAfter(before, event, conversationPolicyOf(playbook.document))
    : before;
  const next: CustomerState = {
    ...known,
    createdAt: earlierOf(state.createdAt, event.at),
    updatedAt: laterOf(state.updatedAt, event.at),
    ...ways,
    contested: mergeContested([...state.contested, ...identifiers.contested], ways.identifiers),
    traits: set.traits,
    ...counted,
    ...(conversation === undefined ? {} : { conversation }),
    ...noteDeviceZone(state, event, playbook),
    ...(counts ? noteWrote(state, event) : {}),
    ...noteOutcome(state, event, playbook),
    ...remember(state, fact),
  };
  return {
    state: next,
    refused: [...unproven, ...refused, ...set.refused, ...leftOut.map(otherKind)],
    size: { ...subject.size, grown: subject.size.grown + set.grown },
  };
};

/** For the timeline: the event, or what it caused, was too old for a trigger. */
const tooLate = (skipped: readonly SkipReason[]): readonly RefusedFact[] =>
  skipped.includes("age") ? [{ what: "trigger", reason: "age" }] : [];

/** What contact policy holds back for the customer's conversation from now on, and what it held and lets go. */
const holdBack = (
  state: CustomerState,
  event: CollectedEvent,
  customer: () => FeelContext,
  { playbook, now }: Applying,
): { readonly state: CustomerState; readonly publish: readonly DomainEvent[] } => {
  if (isOnlyHistory(event, playbook)) return { state, publish: [] };
  const { holding: _, held: __, ...rest } = state;
  const scope = once(() => ({ customer: customer(), brand: feelBrand(playbook), now: feelNow(now) }));
  const { holding, publish } = holdingAfter(state, event, {
    holds: playbook.holds,
    isTrue: ({ test }) => test !== undefined && holds(test, scope(), environmentAt(playbook, now)),
    now,
  });
  return { state: { ...rest, ...holding }, publish };
};

/**
 * Applies one event to the customer it is about. Throws only on a fault of the event itself that
 * no retry would mend.
 */
export const applyEvent = (
  subject: Subject,
  event: CollectedEvent,
  identifiers: EventIdentifiers,
  applying: Applying,
): EventResult => {
  const { playbook, now } = applying;
  const taken = takeIn(subject, event, identifiers, applying);
  const customer = once(() => customerView(taken.state, playbook, now));
  const kept = holdBack(taken.state, event, customer, applying);
  const cause: TriggeringEvent = {
    id: event.id,
    name: event.name,
    at: event.at,
    properties: propertiesOf(event),
    imported: event.imported,
    depth: event.depth,
  };
  const { segments, changes } = updateSegments(taken.state.segments, customer, cause, applying);
  const isIdle = isOnlyHistory(event, playbook);
  const causes = isIdle ? changes : [cause, ...changes];
  const firing = fireAll({ ...kept.state, segments }, customer, causes, applying);
  const consent = consentOf(event, playbook.document);
  const newer = newerConsent(subject.consent, consent.entries);
  const newConsent = admittedConsent(subject.consent, newer);
  const refused: RefusedFact[] = [
    ...(isIdle ? [{ what: "event", reason: "not-trusted" as const }] : []),
    ...unusableIn(event, playbook),
    ...taken.refused,
    ...consent.refused.map((reason) => ({ what: "consent", reason })),
    ...(newConsent.length < newer.length ? [{ what: "consent", reason: "consent-full" as const }] : []),
  ];
  const recorded = recordedOutcome(event, playbook.learning) ?? countedOutcome(event);
  const { customerId } = taken.state;
  const numbered = isIdle ? leftAlone(firing.state) : numberReceived(firing.state, event);
  const after = { state: numbered.state, consent: mergeConsent(subject.consent, newConsent), newConsent };
  return {
    ...firing,
    state: numbered.state,
    publish: [
      ...firing.publish,
      ...numbered.publish,
      ...kept.publish,
      ...confirmationsDue(subject, after, cause, applying),
      ...(isIdle ? [] : keywordDue(customerId, cause, { before: subject.consent, newConsent }, applying)),
      ...(recorded === null ? [] : [recorded]),
      ...causes.flatMap((one) => toldOutside(taken.state, customer, one, applying)),
    ],
    consent: after.consent,
    size: taken.size,
    history: [
      eventHistory(customerId, event, cause.properties, [...refused, ...tooLate(firing.skipped)]),
      ...changes.map((change) => segmentHistory(customerId, change)),
      ...numbered.history,
    ],
    newConsent,
    refused,
    causes,
  };
};
