import { MessageReceived } from "#events/message-received.ts";
import { WebhookDue } from "#events/webhook-due.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { newState } from "../customer/state.ts";
import type { Resolved } from "../identity/resolve.ts";
import type { CustomerRecord, CustomerState } from "../records/customer.ts";
import type { Effects, HistoryItem } from "../records/effects.ts";
import type { CustomerId } from "../records/identity.ts";
import type { JourneyCount, JourneyRun } from "../records/journey.ts";
import type { ConsentState } from "../records/permission.ts";
import { appliedEvents } from "./applied-events.ts";
import { bytesOf } from "./apply-event.ts";
import { type ApplyCounts, applyInOrder } from "./apply-in-order.ts";
import type { Movement } from "./movement.ts";
import {
  type ApplyInput,
  identify,
  noteNamed,
  openCustomers,
  type Poison,
  resolve,
  type StaleLink,
  staleLinks,
  type Working,
} from "./people.ts";
import { fitProfile } from "./profile-size.ts";
import { lookAhead } from "./time/ahead.ts";
import type { RefusedFact } from "./traits.ts";
import { setDirectly } from "./trigger/waits.ts";
import { type StoredEffects, settleTimers, type UnsentEffects, unsentEffects } from "./unsent.ts";

export type { ApplyInput } from "./people.ts";
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
  /** Runs of journeys that must be read before the message can be applied: all else is to be thrown away. */
  readonly wants: readonly string[];
  /** Runs to write together with the states, and what their journeys' counts grow by. */
  readonly runs: readonly JourneyRun[];
  readonly runCounts: readonly JourneyCount[];
  /** Events that can never be applied. */
  readonly poison: readonly Poison[];
  readonly counts: ApplyCounts;
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

const READ_IN_HISTORY: readonly string[] = [MessageReceived.name, WebhookDue.name];

/** A customer's effects, and the state to write, which keeps them as `unsent` until they are carried out. */
const written = (input: ApplyInput, working: Working): { state: CustomerState; effects: Effects } => {
  const { customerId } = working.subject.state;
  const waits = setDirectly(customerId, {
    timers: working.draft.timers,
    pending: working.subject.state.pending,
  });
  const before = working.subject.state;
  const next = { ...before, version: before.version + 1, pending: waits.pending };
  const ahead = lookAhead(working.record.state, next, input);
  const { state, refused } = fitProfile(
    ahead.inTime === undefined ? next : { ...next, inTime: ahead.inTime },
    new Date(input.now).toISOString(),
  );
  const remembered = new Set(state.recent.map(({ id }) => id));
  const applied = new Set(working.draft.eventIds);
  // What happened before this message is in history already.
  const isAtHand = (id: string): boolean => remembered.has(id) || !applied.has(id);
  // Whoever puts a message into its thread reads it in history, and so does who tells others of an event.
  const canWait = working.draft.publish.every(
    ({ name, detail }) => !READ_IN_HISTORY.includes(name) && isAtHand(String(detail.eventId)),
  );
  const history = withRefused(working.draft.history, refused);
  const draft = {
    ...working.draft,
    history,
    timers: [...waits.timers, ...ahead.timers],
    cancel: [...working.draft.cancel, ...ahead.cancel],
  };
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
    wants: [...new Set([...working.values()].flatMap(({ runs }) => runs.wants))],
    runs: [...working.values()].flatMap(({ runs }) => [...runs.changed.values()]),
    runCounts: [...working.values()].flatMap(({ runs }) => runs.counts),
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
