import { type Binning, type Bins, binOf } from "./binning.ts";
import {
  type Arm,
  type Cell,
  type Cells,
  cellOf,
  type Delta,
  decayWeight,
  EMPTY_CELL,
  type Estimate,
  type Features,
  type Observation,
} from "./model.ts";

/**
 * Counters: one cell for everybody, each group, action and channel, each predictor's bin, and the segments that the
 * leading predictors span, a coarse one of halves and a fine one of bins. Where a finer cell has little evidence, the
 * estimate backs off to the coarser ones.
 */
export type CounterSettings = {
  readonly binning: Binning;
  /** Predictors, in order, whose bins together make the segments; keep to two or three. */
  readonly segmentBy: readonly string[];
  readonly halfLifeDays: number;
  /** Observations at which a cell weighs as much as the coarser one it backs off to. */
  readonly shrinkage: number;
};

/** Evidence needed before a cell outweighs coarser ones: tuned on generated bandits (lab/bandits/). */
export const COUNTER_DEFAULTS = { shrinkage: 3 } as const;

const armKey = (arm: Arm): string => `${arm.action}|${arm.channel}`;

/** Upper or lower half of a number's bins; a text's own bin. */
const halfOf = (bins: Bins, bin: string): string =>
  bins.kind === "text" || bin === "-" ? bin : String(Number(bin) * 2 > bins.edges.length ? 1 : 0);

/** The ends of the keys of a customer's cells, which are the same for all arms: worked out once. */
type Endings = { readonly bins: readonly string[]; readonly halves: string; readonly segment: string };

const endingsOf = (settings: Pick<CounterSettings, "binning" | "segmentBy">, features: Features): Endings => {
  const bins = Object.entries(settings.binning).map(([name, kinds]) => ({
    name,
    bin: binOf(kinds, features[name]),
    half: halfOf(kinds, binOf(kinds, features[name])),
  }));
  const spanned = settings.segmentBy.map((name) => bins.find((one) => one.name === name));
  return {
    bins: bins.map(({ name, bin }) => `|${name}|${bin}`),
    halves: `|${spanned.map((one) => one?.half ?? "-").join(",")}`,
    segment: `|${spanned.map((one) => one?.bin ?? "-").join(",")}`,
  };
};

const keysOf = (settings: CounterSettings, arm: Arm, { bins, halves, segment }: Endings) => {
  const key = armKey(arm);
  return {
    coarser: ["*", `g|${arm.group}`, `a|${arm.action}`],
    arm: `c|${key}`,
    bins: bins.map((ending) => `p|${key}${ending}`),
    segments: settings.segmentBy.length === 0 ? [] : [`h|${key}${halves}`, `s|${key}${segment}`],
  };
};

/** The sums one observation adds. */
export const observeCounters = (settings: CounterSettings, observation: Observation): Delta => {
  const cell = cellOf(observation, settings.halfLifeDays);
  const keys = keysOf(settings, observation.arm, endingsOf(settings, observation.features));
  const all = [...keys.coarser, keys.arm, ...keys.bins, ...keys.segments];
  return new Map(all.map((key) => [key, cell]));
};

/** The sums of an arm on a channel by bin only. */
export const observeBins = (binning: Binning, observation: Observation, halfLifeDays: number): Delta => {
  const cell = cellOf(observation, halfLifeDays);
  const { bins } = endingsOf({ binning, segmentBy: [] }, observation.features);
  return new Map(bins.map((ending) => [`p|${armKey(observation.arm)}${ending}`, cell]));
};

/**
 * Imagined observations that hold an estimate at `base`: so many that successes among them are equally many whatever the
 * base. Three observations tell something about a fair coin, but nothing about what happens twice in a hundred times.
 */
const strengthAt = (base: number, shrinkage: number): number =>
  base > 0 && base < 0.5 ? (shrinkage * (1 - base)) / base : shrinkage;

/** A cell's own mean, drawn towards `base` by `shrinkage` imagined observations. */
const shrink = (cell: Cell, base: number, shrinkage: number): number =>
  (cell.sum + shrinkage * base) / (cell.weight + shrinkage);

/** Variance of single rewards within a cell; that of a fair coin while there are hardly any observations. */
const spread = (cell: Cell): number =>
  cell.weight < 2 ? 0.25 : Math.max(0, cell.squares / cell.weight - (cell.sum / cell.weight) ** 2);

/**
 * Reads expectations from sums as of `now` (milliseconds since the epoch): 5 + predictors cells for an arm and a customer.
 * `prior`: the mean to expect of an arm without observations. `declared`: the playbook declares it for this action, so that
 * only the action's own observations change it. Otherwise the action backs off to its group, then to all actions.
 */
export const counterEstimator = (settings: CounterSettings, cells: Cells, now: number) => {
  const { shrinkage } = settings;
  const today = decayWeight(now, settings.halfLifeDays);
  const known = new WeakMap<Features, Endings>();
  const read = (key: string): Cell => {
    const cell = cells.get(key);
    if (cell === undefined) return EMPTY_CELL;
    if (today === 1) return cell;
    return { weight: cell.weight / today, sum: cell.sum / today, squares: cell.squares / today };
  };
  return (arm: Arm, features: Features, prior: number, declared = false): Estimate => {
    const endings = known.get(features) ?? endingsOf(settings, features);
    known.set(features, endings);
    const keys = keysOf(settings, arm, endings);
    const own = read(keys.arm);
    // A propensity declared for an action says more about it than the average of all others.
    const coarser = declared ? keys.coarser.slice(-1) : keys.coarser;
    const base = coarser.reduce((mean, key) => shrink(read(key), mean, strengthAt(mean, shrinkage)), prior);
    const armMean = shrink(own, base, strengthAt(base, shrinkage));
    const rate = own.weight === 0 ? 0 : own.sum / own.weight;
    const strength = strengthAt(armMean, shrinkage);
    const effects = keys.bins.reduce((sum, key) => sum + shrink(read(key), rate, strength) - rate, 0);
    const segments = keys.segments.map(read);
    const mean = segments.reduce((expected, cell) => shrink(cell, expected, strength), armMean + effects);
    const finest = segments.at(-1) ?? own;
    // Rare large rewards: an arm that never paid here must still count with what rewards vary by elsewhere.
    const weight = finest.weight + shrinkage;
    const variance = (spread(finest) * finest.weight + spread(read("*")) * shrinkage) / weight;
    return { mean, deviation: Math.sqrt(variance / (weight + 1)), evidence: own.weight };
  };
};
