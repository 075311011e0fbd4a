import { RapportError } from "../errors.ts";
import type { CompiledPlaybook } from "../playbook/types.ts";
import { type Applied, applyEvent, profileBytes, SOFT_LIMIT_BYTES, type Subject } from "./apply-event.ts";
import { fingerprints } from "./computed/traits.ts";
import { mergeHistory } from "./facts.ts";
import { type Claim, identifierKey, identifiersOf } from "./identifiers.ts";
import { absorb, type Movement } from "./movement.ts";
import { type Resolved, resolveIdentities } from "./resolve.ts";
import { newRecord, newState } from "./state.ts";
import type { SkipReason } from "./triggers.ts";
import type {
  CollectedEvent,
  ConsentState,
  CustomerId,
  CustomerRecord,
  CustomerState,
  Effects,
  Identifier,
} from "./types.ts";
import { appliedEvents, type OwedEffects, owedEffects, settleTimers } from "./unsent.ts";

/** Everything that applying the events of one inbox message depends on. */
export type ApplyInput = {
  readonly group: string;
  readonly events: readonly CollectedEvent[];
  /** `type:value` -> customer, as stored: it may have been absorbed since. */
  readonly links: ReadonlyMap<string, CustomerId>;
  readonly seenEvents: ReadonlySet<string>;
  /** By every customerId that links and events name; the survivor's record where one was absorbed. */
  readonly records: ReadonlyMap<CustomerId, CustomerRecord>;
  readonly playbook: CompiledPlaybook;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly newId: () => CustomerId;
};
export type ApplyCounts = {
  readonly applied: number;
  readonly duplicates: number;
  readonly fired: number;
  readonly skipped: readonly SkipReason[];
  readonly contested: number;
  readonly refused: readonly string[];
  /** Profiles past the soft limit. */
  readonly large: number;
};
export type ApplyResult = {
  /** Must be carried out before `customers` are written. */
  readonly owed: readonly OwedEffects[];
  /** States to write, with what they owe in `unsent`. Empty: nothing new. */
  readonly customers: readonly CustomerState[];
  readonly links: Resolved["links"];
  readonly moved: readonly Movement[];
  /** To be carried out once written. `consent` is the stored item they change, where it is known. */
  readonly effects: readonly (OwedEffects & { readonly consent?: ConsentState })[];
  /** Pointers that lead to an absorbed customer and are worth repairing. */
  readonly stale: readonly { readonly identifier: Identifier; readonly to: CustomerId }[];
  /** Events that can never be applied. */
  readonly poison: readonly { readonly event: CollectedEvent; readonly reason: RapportError }[];
  readonly counts: ApplyCounts;
};

type Poison = ApplyResult["poison"][number];
type Draft = { -readonly [Key in keyof Effects]: Effects[Key][number][] };
/** A customer while the message's events are applied. */
type Working = { subject: Subject; readonly record: CustomerRecord; readonly draft: Draft };

const newDraft = (): Draft => ({
  eventIds: [],
  history: [],
  cancel: [],
  timers: [],
  publish: [],
  consent: [],
});

const poisonOf = (event: CollectedEvent, cause: unknown): Poison => ({
  event,
  reason:
    cause instanceof RapportError
      ? cause
      : new RapportError("poison_event", "the event can never be applied", { cause }),
});

const nobody = (event: CollectedEvent): Poison =>
  poisonOf(
    event,
    new RapportError("poison_event", "no identifier of the event leads, or can lead, to a customer"),
  );

type Identified = { readonly event: CollectedEvent; readonly claims: readonly Claim[] };

/** Fresh events with whom they claim to be about; those about nobody are poison. */
const identify = (input: ApplyInput, fresh: readonly CollectedEvent[]) => {
  const identified: Identified[] = [];
  const poison: Poison[] = [];
  for (const event of fresh) {
    const claims = identifiersOf(event, input.playbook);
    const known = event.customerId !== undefined && input.records.has(event.customerId);
    const mayLink = claims.some((claim) => !claim.linkedOnly || input.links.has(identifierKey(claim)));
    if (known || mayLink) identified.push({ event, claims });
    else poison.push(nobody(event));
  }
  return { identified, poison };
};

const resolve = (input: ApplyInput, identified: readonly Identified[]): Resolved => {
  const records = new Map([...input.records.values()].map((record) => [record.state.customerId, record]));
  return resolveIdentities({
    events: identified.map(({ event, claims }) => ({
      eventId: event.id,
      claims,
      ...(event.customerId === undefined ? {} : { customerId: event.customerId }),
    })),
    types: input.playbook.identifierTypes,
    people: [...records.values()].map(({ state }) => ({
      customerId: state.customerId,
      stored: state.version > 0,
      identifiers: state.identifiers,
      absorbed: state.absorbed.length,
    })),
    pointers: input.links,
    survivorOf: (id) => input.records.get(id)?.state.customerId ?? null,
    newId: input.newId,
  });
};

/** The customers that events are about, as they stand when all merges of the message are done. */
const prepare = (input: ApplyInput, identified: readonly Identified[], resolved: Resolved) => {
  const stored = new Map([...input.records.values()].map((record) => [record.state.customerId, record]));
  const counting = [...fingerprints(input.playbook).values()];
  const working = new Map<CustomerId, Working>();
  const open = (id: CustomerId, at: string): Working => {
    const record = stored.get(id) ?? newRecord(newState(id, at, counting));
    const { state, consent } = record;
    const made = {
      record,
      subject: { state, consent, bytes: profileBytes(state) },
      draft: newDraft(),
    };
    working.set(id, made);
    return made;
  };
  for (const { event } of identified) {
    const owner = resolved.owners.get(event.id);
    if (owner !== undefined && !working.has(owner)) open(owner, event.at);
  }
  const causes = new Map(identified.map(({ event }) => [event.id, event]));
  const movements: Movement[] = [];
  const absorbed: CustomerRecord[] = [];
  for (const [survivor, merges] of Map.groupBy(resolved.merges, (merge) => merge.survivor)) {
    const target = working.get(survivor);
    const gone = merges.flatMap((merge) => stored.get(merge.absorbed) ?? []);
    if (target === undefined) continue;
    const now = new Date(input.now).toISOString();
    const merged = absorb(target.record, gone, input.playbook, now);
    target.subject = {
      state: merged.state,
      consent: merged.consent,
      bytes: profileBytes(merged.state),
    };
    target.draft.cancel.push(...merged.cancel);
    for (const merge of merges) {
      const cause = causes.get(merge.eventId);
      if (cause) target.draft.history.push(mergeHistory(survivor, merge.absorbed, cause));
    }
    movements.push(...merged.movements);
    absorbed.push(...gone);
  }
  return { working, movements, absorbed };
};

const addTo = (draft: Draft, event: CollectedEvent, applied: Applied): void => {
  draft.eventIds.push(event.id);
  draft.history.push(...applied.history);
  draft.cancel.push(...applied.cancel);
  draft.timers.push(...applied.timers);
  draft.publish.push(...applied.publish);
  draft.consent.push(...applied.newConsent);
};

/** Past the soft limit people should look; the hard limit was kept while applying. */
const written = (input: ApplyInput, working: Working): { state: CustomerState; effects: Effects } => {
  const effects = settleTimers(working.draft);
  const { state } = working.subject;
  return {
    effects,
    state: { ...state, version: state.version + 1, unsent: { [input.group]: effects } },
  };
};

/** What stays of a customer who is part of another now: the way there. */
const tombstone = ({ state }: CustomerRecord, survivor: CustomerId): CustomerState => ({
  ...newState(state.customerId, state.createdAt),
  updatedAt: state.updatedAt,
  version: state.version + 1,
  mergedInto: survivor,
});

const staleLinks = (input: ApplyInput, identified: readonly Identified[]): ApplyResult["stale"] =>
  identified.flatMap(({ claims }) =>
    claims.flatMap(({ type, value }) => {
      const pointer = input.links.get(`${type}:${value}`);
      const to = pointer === undefined ? undefined : input.records.get(pointer)?.state.customerId;
      return to === undefined || to === pointer ? [] : [{ identifier: { type, value }, to }];
    }),
  );

const NO_COUNTS: ApplyCounts = {
  applied: 0,
  duplicates: 0,
  fired: 0,
  skipped: [],
  contested: 0,
  refused: [],
  large: 0,
};

/**
 * Applies the events of one inbox message, oldest first: who they are about, what becomes of those customers, and what
 * has to be told. Pure: the same input gives the same result. Events known already change nothing; an event that can
 * never be applied is handed back alone, and the others go on.
 */
export const applyEvents = (input: ApplyInput): ApplyResult => {
  const states = [...new Set(input.records.values())].map(({ state }) => state);
  const before = appliedEvents(states);
  const eventIds = new Set(input.events.map(({ id }) => id));
  const fresh = [...new Map(input.events.map((event) => [event.id, event])).values()].filter(
    ({ id }) => !input.seenEvents.has(id) && !before.has(id),
  );
  const duplicates = input.events.length - fresh.length;
  const { identified, poison } = identify(input, fresh);
  const resolved = resolve(input, identified);
  const { working, movements, absorbed } = prepare(input, identified, resolved);

  const counts = { ...NO_COUNTS, duplicates, skipped: [] as SkipReason[], refused: [] as string[] };
  for (const { event, claims } of identified) {
    const owner = resolved.owners.get(event.id);
    const customer = owner === undefined ? undefined : working.get(owner);
    if (customer === undefined) continue;
    const { state } = customer.subject;
    const contested = new Set((resolved.contested.get(state.customerId) ?? []).map(identifierKey));
    const identifiers = {
      own: claims.filter((claim) => !claim.linkedOnly && !contested.has(identifierKey(claim))),
      contested: claims.filter((claim) => contested.has(identifierKey(claim))),
    };
    try {
      const applied = applyEvent(customer.subject, event, identifiers, input.playbook, input.now);
      customer.subject = applied;
      addTo(customer.draft, event, applied);
      counts.applied += 1;
      counts.fired += applied.fired;
      counts.skipped.push(...applied.skipped);
      counts.refused.push(...applied.refused.map(({ reason }) => reason));
      counts.contested += identifiers.contested.length;
    } catch (error) {
      poison.push(poisonOf(event, error));
    }
  }

  const changed = [...working.values()].filter(
    ({ draft }) => draft.eventIds.length > 0 || draft.history.length > 0,
  );
  const results = changed.map((customer) => ({ customer, ...written(input, customer) }));
  const writtenIds = new Set(results.map(({ state }) => state.customerId));
  const rewritten = new Set([...writtenIds, ...absorbed.map(({ state }) => state.customerId)]);
  return {
    owed: states.flatMap((state) =>
      owedEffects(state, input.group, eventIds, rewritten.has(state.customerId)),
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
    stale: staleLinks(input, identified),
    poison,
    counts: {
      ...counts,
      large: changed.filter(({ subject }) => subject.bytes > SOFT_LIMIT_BYTES).length,
    },
  };
};
