import { identifiersOf } from "#domain/identity/identifiers.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { unprovenEvents } from "#domain/profile/applied-events.ts";
import type { ApplyResult } from "#domain/profile/apply.ts";
import { isCarriedOut, type StoredEffects, type UnsentEffects, withOthers } from "#domain/profile/unsent.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { CollectedEvent, InboxMessage } from "#domain/records/event.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { ConsentState } from "#domain/records/permission.ts";
import { BOUNDS } from "#kernel/bounds.ts";
import { RapportError } from "#kernel/errors.ts";
import { backoff, CONFLICT, type Pause, retryConflicts } from "#kernel/retry.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { CustomerStore, CustomerWrite } from "#ports/customer-store.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import type { RunStore } from "#ports/run-store.ts";
import type { Timers } from "#ports/timers.ts";
import { applyWithRuns } from "./apply-with-runs.ts";
import type { CarriedOut } from "./carried-out.ts";

export type ApplyDependencies = {
  readonly customers: CustomerStore;
  readonly history: HistoryStore;
  readonly timers: Timers;
  readonly bus: EventBus;
  /** Absent: nobody walks through journeys. */
  readonly runs?: RunStore;
  /** Absent: history is always asked. */
  readonly carriedOut?: CarriedOut;
  readonly playbook: () => Promise<CompiledPlaybook>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly pause: Pause;
};

/** Customers of one transaction and their links must fit into it (TransactWriteItems takes 100 actions). */
const MAX_ACTIONS = 100;
/** While the key that identifiers are hashed with is being replaced, a link is written under two of them. */
const WRITES_A_LINK = 2;
const MAX_TRIES = 12;
const PAUSE_MS = { first: 5, most: 400 };

/** All customers that links and events name; under an absorbed one's id the survivor's record. */
const loadAll = async (
  customers: CustomerStore,
  ids: Iterable<CustomerId>,
): Promise<Map<CustomerId, CustomerRecord>> => {
  const loaded = await Promise.all(
    [...new Set(ids)].map(async (id) => [id, await customers.load(id)] as const),
  );
  // Two ids of one person give two copies: one record must stand for both.
  const bySurvivor = new Map<CustomerId, CustomerRecord>();
  const records = new Map<CustomerId, CustomerRecord>();
  for (const [id, record] of loaded) {
    if (record === null) continue;
    const one = bySurvivor.get(record.state.customerId) ?? record;
    bySurvivor.set(record.state.customerId, one);
    records.set(id, one);
  }
  return records;
};

/** Waits for all, then throws what failed first: a retry must not overtake what is still under way. */
const together = async (work: readonly Promise<void>[]): Promise<void> => {
  const failed = (await Promise.allSettled(work)).find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
};

/** Carries out the effects stored with one customer (invariant 7). Every step may be repeated. Consent comes before what decides by it. */
const carryOut = async (
  { customers, history, timers, bus }: ApplyDependencies,
  { customerId, effects }: UnsentEffects,
  consent?: ConsentState,
): Promise<void> => {
  if (effects.historyGoes === "first") await history.put(effects.history);
  if (effects.consent.length > 0) await customers.putConsent(customerId, effects.consent, consent);
  await together([
    ...(effects.cancel.length > 0 ? [timers.cancel(effects.cancel)] : []),
    ...(effects.timers.length > 0 ? [timers.set(effects.timers)] : []),
    ...(effects.publish.length > 0 ? [bus.publish(effects.publish)] : []),
  ]);
  if (effects.historyGoes === "last") await history.put(effects.history);
};

type Owed = { readonly others: readonly StoredEffects[]; readonly failure?: unknown };

/**
 * Carries out effects that others, or an earlier try, stored and may not have carried out; skips those known to be done.
 * @returns what cannot be carried out now, and need not be: it is of another group, whose message is tried again or gets
 * its own dead letter. Kept consent counts for decisions already.
 */
const carryOutUnsent = async (
  deps: ApplyDependencies,
  { unsent }: ApplyResult,
  seen: ReadonlySet<string>,
): Promise<Owed> => {
  const open = unsent.filter(
    (entry) => !isCarriedOut(entry.effects, seen) && deps.carriedOut?.has(entry) !== true,
  );
  if (open.length === 0) return { others: [] };
  const ids = open.flatMap(({ effects }) => effects.history.map(({ id }) => id));
  const { seenEvents } = await deps.customers.resolve([], ids);
  const others: StoredEffects[] = [];
  let failure: unknown;
  for (const entry of open) {
    if (isCarriedOut(entry.effects, seenEvents)) continue;
    try {
      await carryOut(deps, entry);
    } catch (thrown) {
      if (!entry.mayWait) throw thrown;
      others.push(entry);
      failure ??= thrown;
    }
  }
  return { others, failure };
};

/** A run that comes in or ends is counted as well. */
const actionsOf = ({ customers, links, moved, runs, runCounts }: ApplyResult): number =>
  customers.length + WRITES_A_LINK * links.length + 2 * moved.length + runs.length + runCounts.length;

/** What is stored beside a customer until it is carried out must leave room in their item. */
const isTooBig = (result: ApplyResult): boolean =>
  actionsOf(result) > MAX_ACTIONS ||
  result.customers.some(({ unsent }) => Buffer.byteLength(JSON.stringify(unsent)) > BOUNDS.unsentBytes);

type Try = { readonly result: ApplyResult; readonly ending: "saved" | "conflict" | "too-big" };

/**
 * Which events are known already. Whoever asks before the states are read may hear of an earlier delivery neither from
 * history nor from a state that somebody wrote over in between; so what the states do not show is asked once more.
 */
const knownEvents = async (
  { customers }: ApplyDependencies,
  asked: ReadonlySet<string>,
  records: ReadonlyMap<CustomerId, CustomerRecord>,
  events: readonly CollectedEvent[],
): Promise<ReadonlySet<string>> => {
  const states = [...records.values()].map(({ state }) => state);
  const unproven = unprovenEvents(
    states,
    events.filter(({ id }) => !asked.has(id)),
  );
  if (unproven.length === 0) return asked;
  const { seenEvents } = await customers.resolve(
    [],
    unproven.map(({ id }) => id),
  );
  return new Set([...asked, ...seenEvents]);
};

const writeOf = ({ customers, links, moved, runs, runCounts }: ApplyResult): CustomerWrite => ({
  customers,
  links,
  moved,
  ...(runs.length === 0 ? {} : { runs, runCounts }),
});

/** One try: reads the customers, applies, writes. Effects that the write would replace are carried out before it, or kept. */
const applyOnce = async (
  deps: ApplyDependencies,
  group: string,
  events: readonly CollectedEvent[],
): Promise<Try> => {
  const { customers, clock, ids } = deps;
  const playbook = await deps.playbook();
  const identifiers = events.flatMap((event) => identifiersOf(event, playbook));
  // What the hub tells runs itself moves none twice, whether or not it is known.
  const heard = events.filter(({ type }) => type !== "journey").map(({ id }) => id);
  const { links, seenEvents: asked } = await customers.resolve(identifiers, heard);
  const named = events.flatMap(({ customerId }) => customerId ?? []);
  const records = await loadAll(customers, [...links.values(), ...named]);
  const seenEvents = await knownEvents(deps, asked, records, events);
  const now = clock.now();
  const newId = () => ids.id("cus");
  const input = { group, events, links, seenEvents, records, playbook, now, newId };
  const result = await applyWithRuns(deps.runs, input);
  if (events.length > 1 && isTooBig(result)) return { result, ending: "too-big" };
  const owed = await carryOutUnsent(deps, result, seenEvents);
  const write =
    owed.others.length === 0 ? result : { ...result, customers: withOthers(result.customers, owed.others) };
  if (write !== result && isTooBig(write)) {
    if (events.length > 1) return { result, ending: "too-big" };
    throw new RapportError("unavailable", "what others have to tell of this customer leaves no room yet", {
      cause: owed.failure,
    });
  }
  const ending = write.customers.length === 0 ? "saved" : await customers.save(writeOf(write));
  return { result, ending };
};

/** Carries out everything that follows from states that were saved, and repairs pointers to absorbed customers. */
const finish = async (deps: ApplyDependencies, result: ApplyResult): Promise<void> => {
  for (const { consent, ...effects } of result.effects) {
    await carryOut(deps, effects, consent);
    deps.carriedOut?.add(effects);
  }
  for (const [to, stale] of Map.groupBy(result.stale, (one) => one.to)) {
    await deps.customers.repoint(
      stale.map(({ identifier }) => identifier),
      to,
    );
  }
};

/**
 * Applies the events of one inbox message exactly once, however often it is delivered and whoever else writes the same
 * customers. Two requests to read (one for whom and what is known, one a customer), one to write, one for history; more
 * only for effects to carry out, and for events that a customer would not remember. Throws where a later try may help.
 */
export const applyGroup = (
  deps: ApplyDependencies,
  { group, events }: InboxMessage,
): Promise<readonly ApplyResult[]> =>
  retryConflicts(
    {
      tries: MAX_TRIES,
      message: "the customer changed at the same time, too often",
      between: (tries) => deps.pause(backoff(tries, PAUSE_MS.first, PAUSE_MS.most)),
    },
    async () => {
      const { result, ending } = await applyOnce(deps, group, events);
      if (ending === "too-big") {
        const middle = Math.ceil(events.length / 2);
        const first = await applyGroup(deps, { v: 1, group, events: events.slice(0, middle) });
        const second = await applyGroup(deps, { v: 1, group, events: events.slice(middle) });
        return [...first, ...second];
      }
      if (ending === "conflict") return CONFLICT;
      await finish(deps, result);
      return [result];
    },
  );
