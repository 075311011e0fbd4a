import { DAY_MS } from "#kernel/time.ts";
/**
 * A model is a table of additive sums: no lock, any order, shards and batches add up. A learner only decides
 * which sums an observation adds to (`observe`) and how to read an expectation from them (`estimate`).
 */

/** Values of the declared predictors when the choice was made, by name. */
export type Features = Readonly<Record<string, number | string | boolean | null>>;

/** What could be chosen. */
export type Arm = { readonly action: string; readonly group: string; readonly channel: string };

/** Sums of one cell: weight, weight x reward, weight x reward squared. */
export type Cell = { readonly weight: number; readonly sum: number; readonly squares: number };
export type Cells = ReadonlyMap<string, Cell>;
/** Sums to add, by the cell's key. */
export type Delta = ReadonlyMap<string, Cell>;

export const EMPTY_CELL: Cell = { weight: 0, sum: 0, squares: 0 };

export type Estimate = {
  /** Expected reward of the arm for this customer: a propensity where rewards are 0 or 1. */
  readonly mean: number;
  /** How unsure the mean is: one standard deviation. */
  readonly deviation: number;
  /** Observations behind it, after decay. */
  readonly evidence: number;
};

/** What each of two learners expected of a choice when it was made. */
export type Foreseen = { readonly counters: number; readonly linear: number };

/** A choice that the customer saw, or an outcome of one: the two arrive at different times. */
export type Observation = {
  readonly arm: Arm;
  readonly features: Features;
  /** 1 when the customer saw it, 0 when this only adds an outcome. Default 1. */
  readonly trials?: 0 | 1;
  /** What this adds to the choice's reward. */
  readonly reward: number;
  /** The reward counted for the same choice before. Default 0. */
  readonly before?: number;
  /** The propensity that the choice was made with, for judging the model. */
  readonly expected?: number;
  /** What two learners expected of it, for judging them. */
  readonly foreseen?: Foreseen;
  /** When the choice was made, in milliseconds since the epoch: older ones weigh less. */
  readonly at: number;
};

export const addCell = (a: Cell, b: Cell): Cell => ({
  weight: a.weight + b.weight,
  sum: a.sum + b.sum,
  squares: a.squares + b.squares,
});

/** Adds sums to sums; commutative and associative but for rounding. */
export const addDelta = (cells: Cells, delta: Delta): Map<string, Cell> => {
  const merged = new Map(cells);
  for (const [key, cell] of delta) merged.set(key, addCell(merged.get(key) ?? EMPTY_CELL, cell));
  return merged;
};

/** Weights count from here: any fixed moment serves. */
const LANDMARK = Date.UTC(2025, 0, 1);

/**
 * Forward decay (Cormode, Shkapenyuk, Srivastava, Xu 2009): an observation is weighed once, by its age counted from a
 * fixed landmark, so that sums stay additive; readers divide by today's weight. `halfLifeDays` 0: nothing is forgotten.
 */
export const decayWeight = (at: number, halfLifeDays: number): number =>
  halfLifeDays === 0 ? 1 : 2 ** ((at - LANDMARK) / DAY_MS / halfLifeDays);

/** The cell that an observation adds: the square is that of the choice's whole reward, however many parts it came in. */
export const cellOf = ({ trials = 1, reward, before = 0, at }: Observation, halfLifeDays: number): Cell => {
  const weight = decayWeight(at, halfLifeDays);
  return {
    weight: weight * trials,
    sum: weight * reward,
    squares: weight * ((before + reward) ** 2 - before ** 2),
  };
};

/** A cell as of now: weights of today count 1. */
export const asOf = (cell: Cell, now: number, halfLifeDays: number): Cell => {
  const today = decayWeight(now, halfLifeDays);
  return today === 1
    ? cell
    : { weight: cell.weight / today, sum: cell.sum / today, squares: cell.squares / today };
};

/** The arm that a choice is learnt for: an action on a channel, within its group. */
export const armOf = (action: { readonly name: string; readonly group?: string }, channel: string): Arm => ({
  action: action.name,
  group: action.group ?? action.name,
  channel,
});
