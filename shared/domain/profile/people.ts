import { RapportError } from "#kernel/errors.ts";
import { fingerprints } from "../customer/computed/traits.ts";
import { newRecord, newState } from "../customer/state.ts";
import { recordedMerge } from "../experiment/recorded.ts";
import { type Claim, identifierKey, identifiersOf } from "../identity/identifiers.ts";
import { type Resolved, resolveIdentities } from "../identity/resolve.ts";
import { guardsOf } from "../identity/standing.ts";
import { isVisitor } from "../identity/visitor.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { CustomerRecord } from "../records/customer.ts";
import type { Effects } from "../records/effects.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { CustomerId, Identifier } from "../records/identity.ts";
import type { JourneyCount, JourneyRun } from "../records/journey.ts";
import { withoutIdentifier } from "./addresses.ts";
import { type Subject, sizeOf } from "./apply-event.ts";
import { mergeHistory } from "./facts.ts";
import { absorb, type Movement } from "./movement.ts";

/** Everything that applying the events of one inbox message depends on. */
export type ApplyInput = {
  readonly group: string;
  readonly events: readonly CollectedEvent[];
  /** `type:value` -> customer as stored, who may have been absorbed since. */
  readonly links: ReadonlyMap<string, CustomerId>;
  readonly seenEvents: ReadonlySet<string>;
  /** By every customerId that links and events name; the survivor's record where one was absorbed. */
  readonly records: ReadonlyMap<CustomerId, CustomerRecord>;
  readonly playbook: CompiledPlaybook;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly newId: () => CustomerId;
  /** Runs that were read, by id; null: there is none. Absent: nobody walks through journeys here. */
  readonly runs?: ReadonlyMap<string, JourneyRun | null>;
  /** Journeys that are kept still as a whole. */
  readonly still?: ReadonlySet<string>;
};
/** An event that can never be applied. */
export type Poison = { readonly event: CollectedEvent; readonly reason: RapportError };
export type Draft = {
  -readonly [Key in Exclude<keyof Effects, "historyGoes">]: Effects[Key][number][];
};
/** A customer while the message's events are applied. */
export type Working = {
  subject: Subject;
  readonly record: CustomerRecord;
  readonly draft: Draft;
  /** Their runs of journeys as the message's events move them. */
  readonly runs: {
    readonly known: Map<string, JourneyRun | null>;
    /** As whom they came in before this message: only there runs may lie that are not known yet. */
    homes: readonly CustomerId[];
    readonly changed: Map<string, JourneyRun>;
    readonly counts: JourneyCount[];
    /** Runs that must be read before the message can be applied. */
    readonly wants: string[];
  };
  /** Something changed of them that no event of theirs says: written all the same. */
  touched: boolean;
};

const newDraft = (): Draft => ({
  eventIds: [],
  history: [],
  cancel: [],
  timers: [],
  publish: [],
  consent: [],
});

export const poisonOf = (event: CollectedEvent, cause: unknown): Poison => ({
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

export type Identified = { readonly event: CollectedEvent; readonly claims: readonly Claim[] };

/** New events with the identifiers they claim. Events that lead to nobody are poison. */
export const identify = (input: ApplyInput, fresh: readonly CollectedEvent[]) => {
  const identified: Identified[] = [];
  const poison: Poison[] = [];
  for (const event of fresh) {
    const claims = identifiersOf(event, input.playbook);
    const known = event.customerId !== undefined && input.records.has(event.customerId);
    // Told by ourselves of somebody who is gone: there is nothing to look at.
    if (event.type === "journey" && !known) continue;
    const mayLink = claims.some((claim) => !claim.linkedOnly || input.links.has(identifierKey(claim)));
    if (known || mayLink) identified.push({ event, claims });
    else poison.push(nobody(event));
  }
  return { identified, poison };
};

export const resolve = (input: ApplyInput, identified: readonly Identified[]): Resolved => {
  const records = new Map([...input.records.values()].map((record) => [record.state.customerId, record]));
  return resolveIdentities({
    events: identified.map(({ event, claims }) => ({ ...event, claims })),
    types: input.playbook.identifierTypes,
    guards: guardsOf(input.playbook),
    people: [...records.values()].map(({ state }) => ({
      customerId: state.customerId,
      stored: state.version > 0,
      identifiers: state.identifiers,
      absorbed: state.absorbed.length,
      vouchedAt: state.vouchedAt ?? "",
    })),
    pointers: input.links,
    survivorOf: (id) => input.records.get(id)?.state.customerId ?? null,
    newId: input.newId,
  });
};

/** One who is absorbed does not bring along what is somebody else's by now. */
const withoutGivenUp = (
  record: CustomerRecord | undefined,
  { handovers }: Resolved,
  playbook: CompiledPlaybook,
): readonly CustomerRecord[] => {
  if (record === undefined) return [];
  const gone = handovers.filter(({ from }) => from === record.state.customerId);
  const state = gone.reduce(
    (kept, { identifier }) => withoutIdentifier(kept, identifier, playbook),
    record.state,
  );
  return [{ ...record, state }];
};

/** The customers that the events are about, with all merges of the message done. */
export const openCustomers = (input: ApplyInput, identified: readonly Identified[], resolved: Resolved) => {
  const stored = new Map([...input.records.values()].map((record) => [record.state.customerId, record]));
  const counting = [...fingerprints(input.playbook).values()];
  const working = new Map<CustomerId, Working>();
  const open = (id: CustomerId, at: string): Working => {
    const record = stored.get(id) ?? newRecord(newState(id, at, counting));
    const { state, consent } = record;
    const made = {
      record,
      subject: { state, consent, size: sizeOf(state) },
      draft: newDraft(),
      runs: {
        known: new Map(input.runs),
        homes: state.runs?.homes ?? [],
        changed: new Map(),
        counts: [],
        wants: [],
      },
      touched: false,
    };
    working.set(id, made);
    return made;
  };
  for (const { event } of identified) {
    const owner = resolved.owners.get(event.id);
    if (owner !== undefined && !working.has(owner)) open(owner, event.at);
  }
  const absorbedIds = new Set(resolved.merges.map((merge) => merge.absorbed));
  const from = new Set(resolved.handovers.map((one) => one.from));
  for (const [id, { state }] of stored) {
    if (working.has(id) || absorbedIds.has(id)) continue;
    if (from.has(id) || (resolved.named.has(id) && isVisitor(state))) open(id, "");
  }
  const causes = new Map(identified.map(({ event }) => [event.id, event]));
  const movements: Movement[] = [];
  const absorbed: CustomerRecord[] = [];
  for (const [survivor, merges] of Map.groupBy(resolved.merges, (merge) => merge.survivor)) {
    const target = working.get(survivor);
    const gone = merges.flatMap(({ absorbed: id }) =>
      withoutGivenUp(stored.get(id), resolved, input.playbook),
    );
    if (target === undefined) continue;
    const now = new Date(input.now).toISOString();
    const merged = absorb(target.record, gone, input.playbook, now);
    target.subject = {
      state: merged.state,
      consent: merged.consent,
      size: sizeOf(merged.state),
    };
    target.runs.homes = merged.state.runs?.homes ?? [];
    target.draft.cancel.push(...merged.cancel);
    for (const merge of merges) {
      const cause = causes.get(merge.eventId);
      if (cause) target.draft.history.push(mergeHistory(survivor, merge.absorbed, cause));
    }
    const last = causes.get(merges.at(-1)?.eventId ?? "");
    const united = { customerId: survivor, absorbed: merges.map((merge) => merge.absorbed) };
    const fact = last === undefined ? null : recordedMerge(last, united, input.playbook);
    if (fact !== null) target.draft.publish.push(fact);
    movements.push(...merged.movements);
    absorbed.push(...gone);
  }
  return { working, movements, absorbed };
};

/** Whoever was named together with somebody and is not known by it is no visitor any more: merged or refused looks the same. */
export const noteNamed = ({ named }: Resolved, working: ReadonlyMap<CustomerId, Working>): void => {
  for (const id of named) {
    const customer = working.get(id);
    if (customer === undefined || !isVisitor(customer.subject.state)) continue;
    customer.subject = { ...customer.subject, state: { ...customer.subject.state, named: true } };
    customer.touched = true;
  }
};

/** A pointer that leads to an absorbed customer. */
export type StaleLink = { readonly identifier: Identifier; readonly to: CustomerId };

/** Those that the message itself does not lead elsewhere. */
export const staleLinks = (
  input: ApplyInput,
  identified: readonly Identified[],
  { links }: Resolved,
): readonly StaleLink[] => {
  const changed = new Set(links.map(({ identifier }) => identifierKey(identifier)));
  return identified.flatMap(({ claims }) =>
    claims.flatMap(({ type, value }) => {
      const key = identifierKey({ type, value });
      const pointer = input.links.get(key);
      const to = pointer === undefined ? undefined : input.records.get(pointer)?.state.customerId;
      if (to === undefined || to === pointer || changed.has(key)) return [];
      return [{ identifier: { type, value }, to }];
    }),
  );
};
