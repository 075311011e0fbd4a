import type { ExperimentRecorded } from "../../events/experiment-recorded.ts";
import type { Experiment } from "../playbook/experiments.ts";
import { ASSIGNED, MERGED } from "./recorded.ts";
import { addSamples, EMPTY_SAMPLE, type Sample } from "./uplift.ts";

/** One person in one experiment. */
export type Unit = {
  /** 0: nothing is stored yet. */
  readonly version: number;
  readonly variant: string;
  /** When the person came in, ISO-8601 UTC. */
  readonly since: string;
  /** The greatest worth of the goals reached within the window, 0..1. */
  readonly value: number;
  /** When it was reached; absent: nothing was. */
  readonly reached?: string;
  /** Was given another variant as well, by another of the customers that turned out to be this person. */
  readonly switched?: boolean;
};
/** A customer who turned out to be another one, who is counted for both. */
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
type Told = Pick<ExperimentRecorded, "customerId" | "fact" | "at" | "variants" | "absorbed">;
type Standing = readonly (readonly [customerId: string, unit: Unit])[];

/** A write holds a hundred items: of a person of more customers the rest is united by the next fact. */
const MOST_UNITED = 40;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Who is counted, the earliest first. */
const standingIn = (known: ReadonlyMap<string, StoredUnit>): Standing =>
  [...known]
    .flatMap(([id, unit]) => ("movedTo" in unit ? [] : [[id, unit] as const]))
    .sort(([id, unit], [otherId, other]) => compare(unit.since, other.since) || compare(id, otherId));

const assignmentIn = ({ name }: Experiment, { fact, at, variants = {} }: Told): readonly Unit[] => {
  const variant = fact === ASSIGNED && Object.hasOwn(variants, name) ? variants[name] : undefined;
  return variant === undefined ? [] : [{ version: 0, variant, since: at, value: 0 }];
};

type Goal = Pick<Unit, "value" | "reached">;

const goalIn = ({ goals }: Experiment, { fact, at }: Told): Goal => ({
  value: Object.hasOwn(goals, fact) ? (goals[fact] ?? 0) : 0,
  reached: at,
});

/** The best goal within the window of a person who came in at that time. */
const bestOf = (goals: readonly Goal[], since: string, windowMs: number): Goal => {
  let best: Goal = { value: 0 };
  for (const { value, reached } of goals) {
    if (reached === undefined || value <= best.value) continue;
    const age = Date.parse(reached) - Date.parse(since);
    if (age >= 0 && age <= windowMs) best = { value, reached };
  }
  return best;
};

const groupOf = ({ value, switched }: Unit, sign: 1 | -1): Group => ({
  count: sign,
  sum: sign * value,
  sumOfSquares: sign * value ** 2,
  switched: switched === true ? sign : 0,
});

const difference = (before: Standing, after: Unit): ReadonlyMap<string, Group> => {
  const added = new Map<string, Group>();
  const add = (unit: Unit, sign: 1 | -1): void => {
    added.set(unit.variant, addGroups(added.get(unit.variant) ?? EMPTY_GROUP, groupOf(unit, sign)));
  };
  for (const [, unit] of before) add(unit, -1);
  add(after, 1);
  return new Map([...added].filter(([, group]) => Object.values(group).some((sum) => sum !== 0)));
};

const isSame = (a: Unit, b: Unit | undefined): boolean =>
  a.variant === b?.variant &&
  a.since === b.since &&
  a.value === b.value &&
  a.reached === b.reached &&
  a.switched === b.switched;

/**
 * What a fact changes for a person: coming in counts once; a goal counts within the window, by how much it exceeds what
 * was reached before. Customers who turn out to be one person are counted as one, in the variant they were given first
 * (docs/decisions/0021). However often it is told, it counts once. Null: nothing changes.
 * @param known what is stored of the person's customers, and of those they moved to
 */
export const countFact = (
  experiment: Experiment,
  told: Told,
  known: ReadonlyMap<string, StoredUnit>,
): Counted | null => {
  const standing = standingIn(known).slice(0, MOST_UNITED);
  const claims = [...standing.map(([, unit]) => unit), ...assignmentIn(experiment, told)];
  const first = claims.toSorted((a, b) => compare(a.since, b.since))[0];
  if (first === undefined) return null;
  const { variant, since } = first;
  const place = standing[0]?.[0] ?? told.customerId;
  const hasSwitched = claims.some((claim) => claim.switched === true || claim.variant !== variant);
  const next: Unit = {
    version: (known.get(place)?.version ?? 0) + 1,
    variant,
    since,
    ...bestOf([...claims, goalIn(experiment, told)], since, experiment.windowMs),
    ...(hasSwitched ? { switched: true } : {}),
  };
  // Facts of theirs that are still on their way are the person's then.
  const unseen = told.fact === MERGED ? [told.customerId, ...(told.absorbed ?? [])] : [];
  const moving = [...standing.slice(1).map(([id]) => id), ...unseen.filter((id) => !known.has(id))];
  if (moving.length === 0 && isSame(next, standing[0]?.[1])) return null;
  return {
    units: new Map<string, StoredUnit>([
      [place, next],
      ...moving
        .slice(0, MOST_UNITED)
        .map((id) => [id, { version: (known.get(id)?.version ?? 0) + 1, movedTo: place }] as const),
    ]),
    added: difference(standing, next),
  };
};
