import { type Binning, type Bins, binOf } from "./binning.ts";
import {
  type Arm,
  asOf,
  type Cell,
  type Cells,
  cellOf,
  type Delta,
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
  /** Observations at which a cell speaks as loudly as what it backs off to. */
  readonly shrinkage: number;
  /** What to expect of an arm of which nothing is known. */
  readonly prior: number;
};

/** Evidence needed before a cell is heard over coarser ones: tuned on generated bandits (scripts/bandits.ts). */
export const COUNTER_DEFAULTS = { shrinkage: 3 } as const;

const armKey = (arm: Arm): string => `${arm.action}|${arm.channel}`;

/** Upper or lower half of a number's bins; a text's own bin. */
const halfOf = (bins: Bins, bin: string): string =>
  bins.kind === "text" || bin === "-" ? bin : String(Number(bin) * 2 > bins.edges.length ? 1 : 0);

const keysOf = (settings: CounterSettings, arm: Arm, features: Features) => {
  const key = armKey(arm);
  const bin = (name: string, coarse: boolean): string => {
    const bins = settings.binning[name];
    if (bins === undefined) return "-";
    const fine = binOf(bins, features[name]);
    return coarse ? halfOf(bins, fine) : fine;
  };
  const segment = (level: string, coarse: boolean): string =>
    `${level}|${key}|${settings.segmentBy.map((name) => bin(name, coarse)).join(",")}`;
  return {
    coarser: ["*", `g|${arm.group}`, `a|${arm.action}`],
    arm: `c|${key}`,
    bins: Object.keys(settings.binning).map((name) => `p|${key}|${name}|${bin(name, false)}`),
    segments: settings.segmentBy.length === 0 ? [] : [segment("h", true), segment("s", false)],
  };
};

/** The sums one observation adds. */
export const observeCounters = (settings: CounterSettings, observation: Observation): Delta => {
  const cell = cellOf(observation, settings.halfLifeDays);
  const keys = keysOf(settings, observation.arm, observation.features);
  const all = [...keys.coarser, keys.arm, ...keys.bins, ...keys.segments];
  return new Map(all.map((key) => [key, cell]));
};

/** A cell's own mean, drawn towards `base` by `shrinkage` imagined observations. */
const shrink = (cell: Cell, base: number, shrinkage: number): number =>
  (cell.sum + shrinkage * base) / (cell.weight + shrinkage);

/** Variance of single rewards within a cell; that of a fair coin while next to nothing was seen. */
const spread = (cell: Cell): number =>
  cell.weight < 2 ? 0.25 : Math.max(0, cell.squares / cell.weight - (cell.sum / cell.weight) ** 2);

/** The expectation for one arm and customer, reading at most 5 + predictors cells. */
export const estimateCounters = (
  settings: CounterSettings,
  cells: Cells,
  arm: Arm,
  features: Features,
  now: number,
): Estimate => {
  const { shrinkage } = settings;
  const keys = keysOf(settings, arm, features);
  const read = (key: string): Cell => {
    const cell = cells.get(key);
    return cell === undefined ? EMPTY_CELL : asOf(cell, now, settings.halfLifeDays);
  };
  const own = read(keys.arm);
  const base = keys.coarser.reduce((mean, key) => shrink(read(key), mean, shrinkage), settings.prior);
  const armMean = shrink(own, base, shrinkage);
  const effects = keys.bins.reduce((sum, key) => sum + shrink(read(key), armMean, shrinkage) - armMean, 0);

  const segments = keys.segments.map(read);
  const mean = segments.reduce((expected, cell) => shrink(cell, expected, shrinkage), armMean + effects);
  const finest = segments.at(-1) ?? own;
  // Rare large rewards: an arm that never paid here must still count with what rewards vary by elsewhere.
  const known = finest.weight + shrinkage;
  const variance = (spread(finest) * finest.weight + spread(read("*")) * shrinkage) / known;
  return { mean, deviation: Math.sqrt(variance / (known + 1)), evidence: own.weight };
};
