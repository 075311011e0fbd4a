import { recordedGoal } from "../experiment/recorded.ts";
import { type Claim, identifierKey } from "../identity/identifiers.ts";
import type { Resolved } from "../identity/resolve.ts";
import { isOnlyHistory } from "../identity/standing.ts";
import type { Handover, Refused } from "../identity/work.ts";
import { commandOf } from "../journey/command.ts";
import type { Walked } from "../journey/walk.ts";
import { recordedConversion } from "../outcome/recorded.ts";
import type { DomainEvent } from "../records/effects.ts";
import { type CollectedEvent, MAX_DEPTH, TIME_DUE } from "../records/event.ts";
import type { CustomerId } from "../records/identity.ts";
import { type EventIdentifiers, withoutIdentifier } from "./addresses.ts";
import { applyEvent, type EventResult } from "./apply-event.ts";
import {
  type ApplyInput,
  type Draft,
  type Identified,
  type Poison,
  poisonOf,
  type Working,
} from "./people.ts";
import { tellRuns } from "./runs.ts";
import { isTimeUp, timeCame, withoutTimersUpTo } from "./time-came.ts";
import type { SkipReason } from "./trigger/triggers.ts";

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
const NOTHING_REFUSED: Refused = { contested: [], anybodys: [], unproven: [] };

const addTo = (draft: Draft, event: CollectedEvent, applied: EventResult): void => {
  draft.eventIds.push(event.id);
  draft.history.push(...applied.history);
  draft.cancel.push(...applied.cancel);
  draft.timers.push(...applied.timers);
  draft.publish.push(...applied.publish);
  draft.consent.push(...applied.newConsent);
};

/** Events with their claims, the customers they turned out to be about, and those customers while they change. */
export type People = {
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

const NO_IDENTIFIERS: EventIdentifiers = { claims: [], own: [], ...NOTHING_REFUSED };

/** What events are applied with, and counts while they are. */
type Applying = { readonly input: ApplyInput; readonly counts: Counting };
type Counting = {
  applied: number;
  fired: number;
  contested: number;
  readonly skipped: SkipReason[];
  readonly refused: string[];
};

/** Applies an event to its customer, and lets their runs hear of it; what these do to the customer is applied as well. */
const applyOne = (
  customer: Working,
  event: CollectedEvent,
  identifiers: EventIdentifiers,
  applying: Applying,
): void => {
  const { input, counts } = applying;
  const result = applyEvent(customer.subject, event, identifiers, input);
  customer.subject = result;
  addTo(customer.draft, event, result);
  if (!isOnlyHistory(event, input.playbook))
    customer.draft.publish.push(...successes(customer, event, input));
  counts.applied += 1;
  counts.fired += result.fired;
  counts.contested += identifiers.contested.length;
  counts.skipped.push(...result.skipped);
  counts.refused.push(...result.refused.map(({ reason }) => reason));
  const { standing } = event;
  for (const cause of result.causes) {
    const mayMove = !cause.imported && cause.depth <= MAX_DEPTH;
    const heard = { event: { ...cause, mayMove }, ...(standing === undefined ? {} : { standing }) };
    applyDeeds(customer, tellRuns(customer, heard, input), applying);
  }
};

/** What runs did, one after the other: then those go on. */
const applyDeeds = (customer: Working, { deeds }: Walked, applying: Applying): void => {
  for (const { event, runId } of deeds) {
    applyOne(customer, event, NO_IDENTIFIERS, applying);
    applyDeeds(customer, tellRuns(customer, { continuing: [runId] }, applying.input), applying);
  }
};

/** By so much may the clock of whoever let a timer fire be ahead of ours. */
const CLOCKS_APART_MS = 60_000;

/** Lets what time alone changed of a customer be told: segments, and triggers whose day has come. */
const applyTime = (customer: Working, applying: Applying): void => {
  const { input, counts } = applying;
  const { causes, state, ...came } = timeCame(customer.subject.state, input);
  customer.touched = true;
  customer.subject = { ...customer.subject, state };
  customer.draft.history.push(...came.history);
  customer.draft.publish.push(...came.publish);
  customer.draft.timers.push(...came.timers);
  customer.draft.cancel.push(...came.cancel);
  counts.fired += came.fired;
  counts.skipped.push(...came.skipped);
  for (const cause of causes)
    applyDeeds(customer, tellRuns(customer, { event: { ...cause, mayMove: true } }, input), applying);
};

/**
 * A timer of the customer's own fired: what it stood for is told, by a clock that is not behind it. Where clocks were set back
 * meanwhile nothing is to be told yet, and another timer is set.
 */
const applyDue = (customer: Working, event: CollectedEvent, applying: Applying): void => {
  const { input, counts } = applying;
  const due = String(event.properties?.due);
  const ms = Date.parse(due);
  const isAhead = ms > input.now && ms <= input.now + CLOCKS_APART_MS;
  applyTime(customer, isAhead ? { ...applying, input: { ...input, now: ms } } : applying);
  const { subject } = customer;
  customer.subject = { ...subject, state: withoutTimersUpTo(subject.state, due) };
  customer.draft.eventIds.push(event.id);
  counts.applied += 1;
};

/** What the hub itself tells a customer's runs: nothing of it is about the customer. */
const applyCommand = (customer: Working, event: CollectedEvent, applying: Applying): void => {
  const { input, counts } = applying;
  const command = commandOf(event, input.playbook);
  if (command === null) return;
  const walked = tellRuns(customer, { command }, input);
  if (walked.changed.length === 0) return;
  customer.draft.eventIds.push(event.id);
  counts.applied += 1;
  applyDeeds(customer, walked, applying);
};

/** Applies event after event to the customers they are about; what fails is added to `poison`. */
export const applyInOrder = (
  input: ApplyInput,
  { identified, resolved, working }: People,
  poison: Poison[],
): ApplyCounts => {
  const counts: Counting = { applied: 0, fired: 0, contested: 0, skipped: [], refused: [] };
  const applying = { input, counts };
  for (const { event, claims } of identified) {
    const customer = working.get(resolved.owners.get(event.id) ?? "");
    if (customer === undefined) continue;
    const identifiers = sortedOut(claims, resolved.refused.get(event.id));
    for (const one of resolved.handovers)
      if (one.eventId === event.id) giveUp(working.get(one.from), one, input);
    try {
      if (isTimeUp(customer.subject.state, input.now)) applyTime(customer, applying);
      if (event.name === TIME_DUE && event.type === "journey") applyDue(customer, event, applying);
      else if (event.type === "journey") applyCommand(customer, event, applying);
      else applyOne(customer, event, identifiers, applying);
    } catch (error) {
      poison.push(poisonOf(event, error));
    }
  }
  return { ...counts, duplicates: 0, large: 0 };
};
