import { BOUNDS } from "#kernel/bounds.ts";
import { newState } from "../customer/state.ts";
import { recordedGoal } from "../experiment/recorded.ts";
import { type Claim, identifierKey } from "../identity/identifiers.ts";
import type { Resolved } from "../identity/resolve.ts";
import { isOnlyHistory } from "../identity/standing.ts";
import type { Handover, Refused } from "../identity/work.ts";
import { recordedConversion } from "../outcome/recorded.ts";
import type { CustomerRecord, CustomerState } from "../records/customer.ts";
import type { DomainEvent, Effects, HistoryItem } from "../records/effects.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { CustomerId } from "../records/identity.ts";
import type { ConsentState } from "../records/permission.ts";
import { type EventIdentifiers, withoutIdentifier } from "./addresses.ts";
import { appliedEvents } from "./applied-events.ts";
import { applyEvent, bytesOf, type EventResult } from "./apply-event.ts";
import type { Movement } from "./movement.ts";
import {
  type ApplyInput,
  type Draft,
  type Identified,
  identify,
  noteNamed,
  openCustomers,
  type Poison,
  poisonOf,
  resolve,
  type StaleLink,
  staleLinks,
  type Working,
} from "./people.ts";
import { fitProfile } from "./profile-size.ts";
import type { RefusedFact } from "./traits.ts";
import type { SkipReason } from "./trigger/triggers.ts";
import { setDirectly } from "./trigger/waits.ts";
import { type StoredEffects, settleTimers, type UnsentEffects, unsentEffects } from "./unsent.ts";

export type { ApplyInput } from "./people.ts";
export type ApplyCounts = {
  readonly applied: number;
  readonly duplicates: number;
  readonly fired: number;
  readonly skipped: readonly SkipReason[];
  readonly contested: number;
  readonly refused: readonly string[];
  /** Profiles that grew past the soft limit. */
  readonly large: number;
};
export type ApplyResult = {
  /** Stored earlier; to be carried out, where that was not done, before `customers` are written. */
  readonly unsent: readonly StoredEffects[];
  /** States to write, each with its effects in `unsent`. Empty: nothing new. */
  readonly customers: readonly CustomerState[];
  readonly links: Resolved["links"];
  readonly moved: readonly Movement[];
  /** To be carried out once written. `consent` is the stored item they change, where it is known. */
  readonly effects: readonly (UnsentEffects & { readonly consent?: ConsentState })[];
  /** Pointers that lead to an absorbed customer and are worth repairing. */
  readonly stale: readonly StaleLink[];
  /** Events that can never be applied. */
  readonly poison: readonly Poison[];
  readonly counts: ApplyCounts;
};

const NOTHING_REFUSED: Refused = { contested: [], anybodys: [], unproven: [] };

const addTo = (draft: Draft, event: CollectedEvent, applied: EventResult): void => {
  draft.eventIds.push(event.id);
  draft.history.push(...applied.history);
  draft.cancel.push(...applied.cancel);
  draft.timers.push(...applied.timers);
  draft.publish.push(...applied.publish);
  draft.consent.push(...applied.newConsent);
};

/** What did not fit stands with the last event that was applied. */
const withRefused = (
  history: readonly HistoryItem[],
  refused: readonly RefusedFact[],
): readonly HistoryItem[] => {
  const last = history.findLast(({ kind }) => kind !== "merge");
  if (refused.length === 0 || last === undefined) return history;
  const before = Array.isArray(last.body.refused) ? last.body.refused : [];
  const told = { ...last, body: { ...last.body, refused: [...before, ...refused] } };
  return history.map((item) => (item === last ? told : item));
};

/** A customer's effects, and the state to write, which keeps them as `unsent` until they are carried out. */
const written = (input: ApplyInput, working: Working): { state: CustomerState; effects: Effects } => {
  const { customerId } = working.subject.state;
  const waits = setDirectly(customerId, {
    timers: working.draft.timers,
    pending: working.subject.state.pending,
  });
  const before = working.subject.state;
  const { state, refused } = fitProfile(
    { ...before, version: before.version + 1, pending: waits.pending },
    new Date(input.now).toISOString(),
  );
  const remembered = new Set(state.recent.map(({ id }) => id));
  const canWait = working.draft.publish.every(({ detail }) => remembered.has(String(detail.eventId)));
  const history = withRefused(working.draft.history, refused);
  const draft = { ...working.draft, history, timers: waits.timers };
  const effects: Effects = { ...settleTimers(draft), historyGoes: canWait ? "last" : "first" };
  return {
    effects,
    state: { ...state, unsent: { [input.group]: effects } },
  };
};

/** What is kept of an absorbed customer: a pointer to the survivor. */
const tombstone = ({ state }: CustomerRecord, survivor: CustomerId): CustomerState => ({
  ...newState(state.customerId, state.createdAt),
  updatedAt: state.updatedAt,
  version: state.version + 1,
  mergedInto: survivor,
});

/** Events with their claims, the customers they turned out to be about, and those customers while they change. */
type People = {
  readonly identified: readonly Identified[];
  readonly resolved: Resolved;
  readonly working: ReadonlyMap<CustomerId, Working>;
};

/** What an event says of its customer, apart from what is somebody else's, and from what it may not say. */
const sortedOut = (claims: readonly Claim[], refused: Refused = NOTHING_REFUSED): EventIdentifiers => {
  const others = new Set([...refused.contested, ...refused.unproven].map(identifierKey));
  return {
    claims,
    own: claims.filter((claim) => !claim.linkedOnly && !others.has(identifierKey(claim))),
    ...refused,
  };
};

/** The identifier is somebody else's now. */
const giveUp = (from: Working | undefined, { identifier }: Handover, { playbook }: ApplyInput): void => {
  if (from === undefined) return;
  from.subject = { ...from.subject, state: withoutIdentifier(from.subject.state, identifier, playbook) };
  from.touched = true;
};

/** What an event is a success of, for the models and the experiments. */
const successes = (
  { record, subject }: Working,
  event: CollectedEvent,
  { playbook }: ApplyInput,
): DomainEvent[] =>
  [
    recordedConversion(event, record.contact.entries, playbook.learning),
    recordedGoal(event, subject.state, playbook),
  ].filter((fact) => fact !== null);

/** Applies event after event to the customers they are about; what fails is added to `poison`. */
const applyInOrder = (
  input: ApplyInput,
  { identified, resolved, working }: People,
  poison: Poison[],
): ApplyCounts => {
  let [applied, fired, contested] = [0, 0, 0];
  const skipped: SkipReason[] = [];
  const refused: string[] = [];
  for (const { event, claims } of identified) {
    const customer = working.get(resolved.owners.get(event.id) ?? "");
    if (customer === undefined) continue;
    const identifiers = sortedOut(claims, resolved.refused.get(event.id));
    for (const one of resolved.handovers)
      if (one.eventId === event.id) giveUp(working.get(one.from), one, input);
    try {
      const result = applyEvent(customer.subject, event, identifiers, input);
      customer.subject = result;
      addTo(customer.draft, event, result);
      if (!isOnlyHistory(event, input.playbook))
        customer.draft.publish.push(...successes(customer, event, input));
      applied += 1;
      fired += result.fired;
      contested += identifiers.contested.length;
      skipped.push(...result.skipped);
      refused.push(...result.refused.map(({ reason }) => reason));
    } catch (error) {
      poison.push(poisonOf(event, error));
    }
  }
  return { applied, duplicates: 0, fired, skipped, contested, refused, large: 0 };
};

/**
 * Applies the events of one inbox message, oldest first: finds the customers they are about, changes their states, and
 * lists the effects. Pure: the same input gives the same result. Events applied before change nothing. An event that can
 * never be applied is given back as `poison`, and the others are applied.
 */
export const applyEvents = (input: ApplyInput): ApplyResult => {
  const states = [...new Set(input.records.values())].map(({ state }) => state);
  const before = appliedEvents(states);
  const eventIds = new Set(input.events.map(({ id }) => id));
  const fresh = [...new Map(input.events.map((event) => [event.id, event])).values()].filter(
    ({ id }) => !input.seenEvents.has(id) && !before.has(id),
  );
  const { identified, poison } = identify(input, fresh);
  const resolved = resolve(input, identified);
  const { working, movements, absorbed } = openCustomers(input, identified, resolved);

  const counts = applyInOrder(input, { identified, resolved, working }, poison);
  noteNamed(resolved, working);
  const changed = [...working.values()].filter(
    ({ draft, touched }) => draft.eventIds.length > 0 || draft.history.length > 0 || touched,
  );
  const results = changed.map((customer) => ({ customer, ...written(input, customer) }));
  const writtenIds = new Set(results.map(({ state }) => state.customerId));
  const rewritten = new Set([...writtenIds, ...absorbed.map(({ state }) => state.customerId)]);
  return {
    unsent: states.flatMap((state) =>
      unsentEffects(state, input.group, eventIds, rewritten.has(state.customerId)),
    ),
    customers: [
      ...results.map(({ state }) => state),
      ...absorbed.map((record) => {
        const merge = resolved.merges.find(({ absorbed: id }) => id === record.state.customerId);
        return tombstone(record, merge?.survivor ?? record.state.customerId);
      }),
    ],
    links: resolved.links.filter(({ to }) => writtenIds.has(to)),
    moved: movements,
    effects: results.map(({ customer, state, effects }) => {
      const moves = movements.some(({ customerId }) => customerId === state.customerId);
      const own = { customerId: state.customerId, effects };
      return moves ? own : { ...own, consent: customer.record.consent };
    }),
    stale: staleLinks(input, identified, resolved),
    poison,
    counts: {
      ...counts,
      duplicates: input.events.length - fresh.length,
      large: changed.filter(
        ({ subject }) => subject.size.grown > 0 && bytesOf(subject.size) > BOUNDS.largeStateBytes,
      ).length,
    },
  };
};
