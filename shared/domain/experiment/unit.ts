import type { ExperimentRecorded } from "#events/experiment-recorded.ts";
import type { Experiment } from "../playbook/model/experiments.ts";
import { ASSIGNED, MERGED } from "./recorded.ts";
import { addSamples, EMPTY_SAMPLE, type Sample } from "./uplift.ts";

/** One person in one experiment. */
type Person = {
  readonly variant: string;
  /** When the person entered the experiment, ISO-8601 UTC. */
  readonly since: string;
  /** The greatest worth of the goals reached within the window, 0..1. */
  readonly value: number;
  /** When it was reached; absent: no goal was. */
  readonly reached?: string;
  /** Was given another variant as well, by another of the customers that turned out to be this person. */
  readonly switched?: boolean;
};
/** A person, as stored under the id of the surviving customer; `version` counts the writes. */
export type Unit = Person & { readonly version: number };
/** Stored for an absorbed customer: the survivor is counted for both. */
export type Moved = { readonly version: number; readonly movedTo: string };
export type StoredUnit = Unit | Moved;

/** Sums of one variant. */
export type Group = Sample & {
  /** How many of those counted were given another variant too. */
  readonly switched: number;
};
export const EMPTY_GROUP: Group = { ...EMPTY_SAMPLE, switched: 0 };

export const addGroups = (a: Group, b: Group): Group => ({
  ...addSamples(a, b),
  switched: a.switched + b.switched,
});

/** What a fact changes: customers as they are to be stored, and what is added to the sums of variants. */
export type Counted = {
  readonly units: ReadonlyMap<string, StoredUnit>;
  readonly added: ReadonlyMap<string, Group>;
};
type Fact = Pick<ExperimentRecorded, "customerId" | "fact" | "at" | "variants" | "absorbed">;
type CurrentUnits = readonly (readonly [customerId: string, unit: Unit])[];

/** Customers merged in one write, which holds 100 items; further ones are merged by the next fact. */
const MOST_UNITED = 40;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The id of the customer whom this one has become, as far as is stored. */
const personOf = (customerId: string, known: ReadonlyMap<string, StoredUnit>): string => {
  let person = customerId;
  for (let hops = 0; hops < known.size; hops += 1) {
    const stored = known.get(person);
    if (stored === undefined || !("movedTo" in stored)) break;
    person = stored.movedTo;
  }
  return person;
};

/** The units that are counted now, the person's own first. */
const currentUnits = (person: string, known: ReadonlyMap<string, StoredUnit>): CurrentUnits =>
  [...known]
    .flatMap(([id, unit]) => ("movedTo" in unit ? [] : [[id, unit] as const]))
    .sort(([id], [otherId]) => Number(otherId === person) - Number(id === person) || compare(id, otherId));

const assignmentIn = ({ name }: Experiment, { fact, at, variants = {} }: Fact): readonly Person[] => {
  const variant = fact === ASSIGNED && Object.hasOwn(variants, name) ? variants[name] : undefined;
  return variant === undefined ? [] : [{ variant, since: at, value: 0 }];
};

type Goal = Pick<Person, "value" | "reached">;

const goalIn = ({ goals }: Experiment, { fact, at }: Fact): Goal => ({
  value: Object.hasOwn(goals, fact) ? (goals[fact] ?? 0) : 0,
  reached: at,
});

/** The best goal within the window of a person who entered at that time. */
const bestOf = (goals: readonly Goal[], since: string, windowMs: number): Goal => {
  let best: Goal = { value: 0 };
  for (const { value, reached } of goals) {
    if (reached === undefined || value <= best.value) continue;
    const age = Date.parse(reached) - Date.parse(since);
    if (age >= 0 && age <= windowMs) best = { value, reached };
  }
  return best;
};

const groupOf = ({ value, switched }: Person, sign: 1 | -1): Group => ({
  count: sign,
  sum: sign * value,
  sumOfSquares: sign * value ** 2,
  switched: switched === true ? sign : 0,
});

const difference = (before: CurrentUnits, after: Person): ReadonlyMap<string, Group> => {
  const added = new Map<string, Group>();
  const add = (unit: Person, sign: 1 | -1): void => {
    added.set(unit.variant, addGroups(added.get(unit.variant) ?? EMPTY_GROUP, groupOf(unit, sign)));
  };
  for (const [, unit] of before) add(unit, -1);
  add(after, 1);
  return new Map([...added].filter(([, group]) => Object.values(group).some((sum) => sum !== 0)));
};

const isSame = (a: Person, b: Unit | undefined): boolean =>
  a.variant === b?.variant &&
  a.since === b.since &&
  a.value === b.value &&
  a.reached === b.reached &&
  a.switched === b.switched;

/** The person after a fact; null when none of their customers ever entered the experiment. */
const unitOf = (experiment: Experiment, fact: Fact, current: CurrentUnits): Person | null => {
  const claims: readonly Person[] = [...current.map(([, unit]) => unit), ...assignmentIn(experiment, fact)];
  const first = claims.toSorted((a, b) => compare(a.since, b.since))[0];
  if (first === undefined) return null;
  const { variant, since } = first;
  const hasSwitched = claims.some((claim) => claim.switched === true || claim.variant !== variant);
  return {
    variant,
    since,
    ...bestOf([...claims, goalIn(experiment, fact)], since, experiment.windowMs),
    ...(hasSwitched ? { switched: true } : {}),
  };
};

/**
 * What a fact changes for a person: entering counts once; a goal counts within the window, by how much it exceeds what
 * was reached before. Customers who turn out to be one person are counted as one, in the variant they were given first
 * (docs/decisions/0021). However often a fact arrives, it counts once. Null: nothing changes.
 * @param known what is stored of the customers that the fact names, and of those they moved to
 */
export const countFact = (
  experiment: Experiment,
  fact: Fact,
  known: ReadonlyMap<string, StoredUnit>,
): Counted | null => {
  const person = personOf(fact.customerId, known);
  const current = currentUnits(person, known).slice(0, MOST_UNITED);
  const counted = unitOf(experiment, fact, current);
  // Facts about customers without a stored unit may still arrive: they will count for the person.
  const unseen = fact.fact === MERGED ? (fact.absorbed ?? []).filter((id) => !known.has(id)) : [];
  const moving = [...current.map(([id]) => id), ...unseen].filter((id) => id !== person);
  const nextOf = (id: string): number => (known.get(id)?.version ?? 0) + 1;
  const units = new Map<string, StoredUnit>(
    moving.slice(0, MOST_UNITED).map((id) => [id, { version: nextOf(id), movedTo: person }]),
  );
  const before = current.find(([id]) => id === person)?.[1];
  const isChanged = counted !== null && !isSame(counted, before);
  if (isChanged) units.set(person, { version: nextOf(person), ...counted });
  if (units.size === 0) return null;
  return { units, added: counted === null ? new Map() : difference(current, counted) };
};
