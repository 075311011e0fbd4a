import type { FeelContext } from "#feel/index.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { earlierOf, laterOf } from "#kernel/time.ts";
import { type Counting, countEvent, declareComputed } from "../customer/computed/traits.ts";
import { noteOutcome } from "../customer/responses.ts";
import { customerView, environmentAt, eventView, holds } from "../customer/view.ts";
import { recordedOutcome } from "../outcome/recorded.ts";
import type { CustomerState } from "../records/customer.ts";
import type { DomainEvent, HistoryItem, Timer } from "../records/effects.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Identifier } from "../records/identity.ts";
import type { Consent, ConsentState } from "../records/permission.ts";
import { applyAddresses } from "./addresses.ts";
import { admittedConsent, mergeConsent, newerConsent } from "./consent.ts";
import { consentOf } from "./consent-event.ts";
import { eventHistory, segmentHistory } from "./facts.ts";
import { mergeContested, mergeIdentifiers } from "./merge.ts";
import { propertiesOf, recentOf, remember } from "./recent.ts";
import { updateSegments } from "./segments.ts";
import { type RefusedFact, setTraits } from "./traits.ts";
import { noteSeen } from "./trigger/pending.ts";
import { type Applying, fireTriggers, type SkipReason, type TriggeringEvent } from "./trigger/triggers.ts";

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Bytes of a profile as stored, without its unsent effects. */
const profileBytes = (state: CustomerState): number =>
  Buffer.byteLength(JSON.stringify({ ...state, unsent: {} }));

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
};
/** Identifiers of the event that lead to the customer, and those that lead to somebody else. */
export type EventIdentifiers = {
  readonly own: readonly Identifier[];
  readonly contested: readonly Identifier[];
};

/** Traits, identifiers, addresses, counters and the recent past: all of it commutes. */
const takeIn = (
  subject: Subject,
  event: CollectedEvent,
  identifiers: EventIdentifiers,
  { playbook, now }: Applying,
): { readonly state: CustomerState; readonly refused: readonly RefusedFact[]; readonly size: Size } => {
  const { state } = subject;
  // A group's traits are the group's, not the person's (Segment's specification of `group`).
  const values = event.type === "identify" ? (event.traits ?? {}) : {};
  const set = setTraits(state.traits, values, event, () => BOUNDS.stateBytes - bytesOf(subject.size));
  const linked = mergeIdentifiers(
    state.identifiers,
    identifiers.own.map(({ type, value }) => ({ type, value, at: event.at })),
    playbook,
  );
  const fact = recentOf(event);
  const scope = once(() => ({ event: eventView(fact, playbook) }));
  const environment = environmentAt(playbook, Date.parse(event.at));
  const declared = declareComputed(state, playbook, new Date(now).toISOString());
  const matches: Counting["matches"] = ({ test }) => test === undefined || holds(test, scope(), environment);
  const counted = countEvent(declared, fact, { playbook, matches, now });
  const next: CustomerState = {
    ...state,
    createdAt: earlierOf(state.createdAt, event.at),
    updatedAt: laterOf(state.updatedAt, event.at),
    identifiers: linked,
    contested: mergeContested([...state.contested, ...identifiers.contested], linked),
    traits: set.traits,
    ...counted,
    addresses: applyAddresses(
      state.addresses,
      event,
      [...identifiers.own, ...identifiers.contested],
      playbook,
    ),
    ...noteOutcome(state, event, playbook),
    ...remember(state, fact),
  };
  return {
    state: next,
    refused: set.refused,
    size: { ...subject.size, grown: subject.size.grown + set.grown },
  };
};

/** Fires what the event and the segment changes it caused fire, one after the other. */
const fireAll = (
  state: CustomerState,
  customer: () => FeelContext,
  events: readonly TriggeringEvent[],
  applying: Applying,
) => {
  let current = state;
  const publish: DomainEvent[] = [];
  const timers: Timer[] = [];
  let fired = 0;
  const cancel: Pick<Timer, "id" | "due">[] = [];
  const skipped: SkipReason[] = [];
  for (const event of events) {
    const { cancel: calledOff, ...seen } = noteSeen(current, event, applying.playbook);
    cancel.push(...calledOff);
    const firing = fireTriggers({ ...current, ...seen }, customer, event, applying);
    current = { ...current, ...seen, pending: firing.pending };
    publish.push(...firing.publish);
    timers.push(...firing.timers);
    cancel.push(...firing.cancel);
    skipped.push(...firing.skipped);
    fired += firing.fired;
  }
  return { state: current, publish, timers, cancel, skipped, fired };
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
  const cause: TriggeringEvent = {
    id: event.id,
    name: event.name,
    at: event.at,
    properties: propertiesOf(event),
    imported: event.imported,
    depth: event.depth,
  };
  const { segments, changes } = updateSegments(taken.state.segments, customer, cause, applying);
  const firing = fireAll({ ...taken.state, segments }, customer, [cause, ...changes], applying);
  const consent = consentOf(event, playbook.document);
  const newer = newerConsent(subject.consent, consent.entries);
  const newConsent = admittedConsent(subject.consent, newer);
  const refused: RefusedFact[] = [
    ...taken.refused,
    ...consent.refused.map((reason) => ({ what: "consent", reason })),
    ...(newConsent.length < newer.length ? [{ what: "consent", reason: "consent-full" as const }] : []),
  ];
  const recorded = recordedOutcome(event, playbook.learning);
  const { customerId } = taken.state;
  return {
    ...firing,
    publish: recorded === null ? firing.publish : [...firing.publish, recorded],
    consent: mergeConsent(subject.consent, newConsent),
    size: taken.size,
    history: [
      eventHistory(customerId, event, cause.properties, refused),
      ...changes.map((change) => segmentHistory(customerId, change)),
    ],
    newConsent,
    refused,
  };
};
