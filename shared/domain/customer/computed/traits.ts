import { createHash } from "node:crypto";
import { type JsonObject, valueAt } from "#kernel/json.ts";
import { laterOf } from "#kernel/time.ts";
import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { ComputedTrait } from "../../playbook/model/data-model.ts";
import type { Accumulator, ComputedState, CustomerState } from "../../records/customer.ts";
import { KINDS, type Reading } from "./kinds.ts";
import { mergeSamples, pruneSample, readSample } from "./sample.ts";
import { bucketOf, inWindow, notOver } from "./windows.ts";

type Declared = CompiledPlaybook["computed"][number];
type Counted = Pick<CustomerState, "computed" | "counting">;
export type CountedEvent = {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly properties: JsonObject;
};

/** Changes with every part of the declaration that affects the count: the count then starts again. */
const fingerprint = ({ name, kind, event, property, where, windowMs }: ComputedTrait): string =>
  createHash("sha256")
    .update(JSON.stringify([name, kind, event, property, where, windowMs]))
    .digest("base64url")
    .slice(0, 8);

const known = new WeakMap<CompiledPlaybook, ReadonlyMap<string, string>>();

/** Name of a computed trait -> fingerprint of its declaration. */
export const fingerprints = (playbook: CompiledPlaybook): ReadonlyMap<string, string> => {
  const made =
    known.get(playbook) ?? new Map(playbook.computed.map((trait) => [trait.name, fingerprint(trait)]));
  known.set(playbook, made);
  return made;
};

/**
 * Brings a customer's computed traits in line with the playbook. New ones count from `now` (ISO-8601 UTC), with that time
 * as `since`. Those no longer declared are dropped, because they would miss events before they are declared again.
 */
export const declareComputed = (counted: Counted, playbook: CompiledPlaybook, now: string): Counted => {
  const declared = fingerprints(playbook);
  const counting = counted.counting ?? [];
  const wanted = [...declared.values()];
  if (wanted.length === counting.length && wanted.every((one) => counting.includes(one))) {
    return { computed: counted.computed, counting };
  }
  const computed = [...declared].flatMap(([name, of]): [string, ComputedState][] => {
    const state = Object.hasOwn(counted.computed, name) ? counted.computed[name] : undefined;
    if (counting.includes(of)) return state?.of === of ? [[name, state]] : [];
    return [[name, { of, since: now }]];
  });
  return { computed: Object.fromEntries(computed), counting: wanted };
};

const mergeOptional = <T>(a: T | undefined, b: T | undefined, merge: (a: T, b: T) => T): T | undefined =>
  a === undefined ? b : b === undefined ? a : merge(a, b);

const mergeBuckets = (
  a: Readonly<Record<string, Accumulator>>,
  b: Readonly<Record<string, Accumulator>>,
  merge: (a: Accumulator, b: Accumulator) => Accumulator,
): Readonly<Record<string, Accumulator>> => {
  const merged = { ...a };
  for (const [bucket, kept] of Object.entries(b)) {
    const other = merged[bucket];
    merged[bucket] = other === undefined ? kept : merge(other, kept);
  }
  return merged;
};

const mergeState = (trait: ComputedTrait, a: ComputedState, b: ComputedState): ComputedState => {
  const { merge } = KINDS[trait.kind];
  // The sum is complete only from the later of the two starts.
  const since = mergeOptional(a.since, b.since, laterOf);
  const all = mergeOptional(a.all, b.all, merge);
  const buckets = mergeOptional(a.buckets, b.buckets, (x, y) => mergeBuckets(x, y, merge));
  const sample = mergeOptional(a.sample, b.sample, mergeSamples);
  return {
    of: a.of,
    ...(since === undefined ? {} : { since }),
    ...(all === undefined ? {} : { all }),
    ...(buckets === undefined ? {} : { buckets }),
    ...(sample === undefined ? {} : { sample }),
  };
};

/** Null where the event's value says nothing; "other-kind" where it says something else than the trait counts. */
const contribution = (
  trait: Declared,
  of: string,
  event: CountedEvent,
): ComputedState | "other-kind" | null => {
  const value = trait.property === undefined ? undefined : valueAt(event.properties, trait.property);
  const isGiven = value !== undefined && value !== null;
  if (isGiven && !KINDS[trait.kind].takes(value, trait.type)) return "other-kind";
  const kept = KINDS[trait.kind].of(value, event);
  if (kept === null) return null;
  if (trait.windowMs === undefined) return { of, all: kept };
  const bucket = bucketOf(trait.windowMs, event.at);
  const hash = kept.values?.[0];
  if (hash !== undefined) return { of, sample: { level: 0, last: { [hash]: bucket } } };
  return { of, buckets: { [bucket]: kept } };
};

/** Without buckets that are over: nobody can ask for them any more. */
const prune = (trait: Declared, state: ComputedState, now: number): ComputedState => {
  if (trait.windowMs === undefined) return state;
  const keep = notOver(trait.windowMs, now);
  return {
    ...state,
    ...(state.sample === undefined ? {} : { sample: pruneSample(state.sample, keep) }),
    ...(state.buckets === undefined
      ? {}
      : {
          buckets: Object.fromEntries(
            Object.entries(state.buckets).filter(([bucket]) => keep(Number(bucket))),
          ),
        }),
  };
};

/** What an event is counted by. */
export type Counting = {
  readonly playbook: CompiledPlaybook;
  /** Whether the declaration's `where` holds for the event. */
  readonly matches: (trait: Declared) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

/**
 * Counts one event in every computed trait that is declared on it. `leftOut`: names of those that count values of another
 * kind than the event's.
 */
export const countEvent = (
  counted: Counted,
  event: CountedEvent,
  { playbook, matches, now }: Counting,
): Counted & { readonly leftOut: readonly string[] } => {
  const traits = playbook.computedByEvent.get(event.name) ?? [];
  const computed = new Map(Object.entries(counted.computed));
  const leftOut: string[] = [];
  for (const trait of traits) {
    if (!matches(trait)) continue;
    const of = fingerprints(playbook).get(trait.name) ?? "";
    const added = contribution(trait, of, event);
    if (added === "other-kind") leftOut.push(trait.name);
    if (added === null || added === "other-kind") continue;
    const old = computed.get(trait.name);
    computed.set(trait.name, prune(trait, old === undefined ? added : mergeState(trait, old, added), now));
  }
  return { computed: Object.fromEntries(computed), counting: counted.counting ?? [], leftOut };
};

/** Both must have been brought to the playbook's declarations before. */
export const mergeComputed = (a: Counted, b: Counted, playbook: CompiledPlaybook): Counted => {
  const computed = playbook.computed.flatMap((trait): [string, ComputedState][] => {
    const of = (counted: Counted) =>
      Object.hasOwn(counted.computed, trait.name) ? counted.computed[trait.name] : undefined;
    const merged = mergeOptional(of(a), of(b), (x, y) => mergeState(trait, x, y));
    return merged === undefined ? [] : [[trait.name, merged]];
  });
  return { computed: Object.fromEntries(computed), counting: a.counting ?? [] };
};

/** A computed trait as it is at `now` (milliseconds). `since`: it misses what happened before. */
export const readComputed = (
  counted: Counted,
  trait: ComputedTrait,
  now: number,
): Reading & { readonly since?: string } => {
  const state = Object.hasOwn(counted.computed, trait.name) ? counted.computed[trait.name] : undefined;
  const kind = KINDS[trait.kind];
  if (state === undefined) return kind.read(undefined);
  const since = state.since === undefined ? {} : { since: state.since };
  if (trait.windowMs === undefined) return { ...kind.read(state.all), ...since };
  const isLive = inWindow(trait.windowMs, now);
  if (state.sample !== undefined) return { ...readSample(state.sample, isLive), ...since };
  const live = Object.entries(state.buckets ?? {}).filter(([bucket]) => isLive(Number(bucket)));
  const kept = live.map(([, accumulator]) => accumulator);
  return { ...kind.read(kept.length === 0 ? undefined : kept.reduce(kind.merge)), ...since };
};
