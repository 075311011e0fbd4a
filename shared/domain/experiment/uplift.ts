import { chiSquaredTail } from "../statistics/gamma.ts";
import { normalCdf, normalQuantile } from "../statistics/normal.ts";

/** Sums of one group's outcomes: additive, so that shards and days add up. A conversion is an outcome of 0 or 1. */
export type Sample = { readonly count: number; readonly sum: number; readonly sumOfSquares: number };

export const EMPTY_SAMPLE: Sample = { count: 0, sum: 0, sumOfSquares: 0 };

export const addOutcome = (sample: Sample, value: number): Sample => ({
  count: sample.count + 1,
  sum: sample.sum + value,
  sumOfSquares: sample.sumOfSquares + value * value,
});

export const addSamples = (a: Sample, b: Sample): Sample => ({
  count: a.count + b.count,
  sum: a.sum + b.sum,
  sumOfSquares: a.sumOfSquares + b.sumOfSquares,
});

export const mean = (sample: Sample): number => (sample.count === 0 ? 0 : sample.sum / sample.count);

/** Unbiased variance of single outcomes; 0 where fewer than two were seen. */
export const variance = (sample: Sample): number =>
  sample.count < 2
    ? 0
    : Math.max(0, (sample.sumOfSquares - sample.sum ** 2 / sample.count) / (sample.count - 1));

export type Interval = { readonly low: number; readonly high: number };
export type Uplift = {
  /** Treated mean minus control mean. */
  readonly difference: number;
  /** Relative to control; null where control is 0. */
  readonly relative: number | null;
  /** Valid when looked at once, at the planned end. */
  readonly fixed: Interval;
  /** Valid however often it is looked at, and whenever one stops. Wider. */
  readonly anytime: Interval;
  /** Two-sided p-value of "no difference" for the one planned look. */
  readonly pValue: number;
  /** True once the anytime interval excludes 0: one may stop here. */
  readonly decided: boolean;
};

const around = (centre: number, half: number): Interval => ({ low: centre - half, high: centre + half });

/**
 * Half-width of an asymptotic confidence sequence for a mean whose estimate has standard error `error` after `count`
 * observations (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas: "Time-uniform central limit theory and asymptotic
 * confidence sequences", theorem 2.2). `tunedFor`: the count at which the sequence is tightest.
 */
const anytimeHalfWidth = (error: number, count: number, alpha: number, tunedFor: number): number => {
  const rho2 = (2 * Math.log(1 / alpha) + Math.log(1 + 2 * Math.log(1 / alpha))) / tunedFor;
  const spread = count * rho2 + 1;
  return error * Math.sqrt(((2 * spread) / (count * rho2)) * Math.log(Math.sqrt(spread) / alpha));
};

/**
 * How much better the treated did, with both intervals at confidence 1 - alpha.
 * `tunedFor` is the total number of customers around which a decision is expected.
 */
export const uplift = (
  treated: Sample,
  control: Sample,
  { alpha = 0.05, tunedFor = 10_000 }: { readonly alpha?: number; readonly tunedFor?: number } = {},
): Uplift => {
  const difference = mean(treated) - mean(control);
  if (treated.count < 2 || control.count < 2) {
    const unknown = around(difference, Number.POSITIVE_INFINITY);
    return { difference, relative: null, fixed: unknown, anytime: unknown, pValue: 1, decided: false };
  }
  const error = Math.sqrt(variance(treated) / treated.count + variance(control) / control.count);
  const anytime = around(difference, anytimeHalfWidth(error, treated.count + control.count, alpha, tunedFor));
  return {
    difference,
    relative: mean(control) === 0 ? null : difference / mean(control),
    fixed: around(difference, error * normalQuantile(1 - alpha / 2)),
    anytime,
    pValue: error === 0 ? (difference === 0 ? 1 : 0) : 2 * (1 - normalCdf(Math.abs(difference) / error)),
    decided: anytime.low > 0 || anytime.high < 0,
  };
};

export type RatioCheck = { readonly pValue: number; readonly mismatch: boolean };

/** Below this a split that far from the plan is no chance: something loses customers of one group. */
const MISMATCH_BELOW = 0.0005;

/** Sample-ratio mismatch: do the groups have the sizes they were planned to have? Chi-squared goodness of fit. */
export const checkRatio = (
  groups: readonly { readonly count: number; readonly weight: number }[],
): RatioCheck => {
  const planned = groups.filter((group) => group.weight > 0);
  const total = planned.reduce((sum, group) => sum + group.count, 0);
  const weights = planned.reduce((sum, group) => sum + group.weight, 0);
  if (total === 0 || planned.length < 2) return { pValue: 1, mismatch: false };
  const statistic = planned.reduce((sum, group) => {
    const expected = (total * group.weight) / weights;
    return sum + (group.count - expected) ** 2 / expected;
  }, 0);
  const pValue = chiSquaredTail(statistic, planned.length - 1);
  return { pValue, mismatch: pValue < MISMATCH_BELOW };
};
