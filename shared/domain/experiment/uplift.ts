import { chiSquaredTail } from "../statistics/gamma.ts";
import { normalCdf, normalQuantile } from "../statistics/normal.ts";

/** Sums of one group's outcomes, each from 0 to 1: additive, so that shards and days add up. */
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

/**
 * Variance of single outcomes from 0 to 1, as if one of 0 and one of 1 had been seen besides (Agresti and Caffo 2000 do
 * so for proportions): a few customers who all did the same do not mean that everybody will.
 */
const cautiousVariance = (sample: Sample): number => {
  const { count, sum, sumOfSquares } = addOutcome(addOutcome(sample, 0), 1);
  return (sumOfSquares - sum ** 2 / count) / (count - 1);
};

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
  /** Two-sided p-value of "no difference" for the one planned look, of this comparison alone. */
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

export type UpliftOptions = {
  /** Chance that any of the comparisons' intervals misses; 0.05 where not given. */
  readonly alpha?: number;
  /** Variants compared with this control: each bears its part of alpha (Bonferroni). */
  readonly comparisons?: number;
  /** Customers of both groups together around which a decision is expected: there the anytime interval is tightest. */
  readonly tunedFor?: number;
};

/** How much better the treated did. Outcomes are from 0 to 1. */
export const uplift = (
  treated: Sample,
  control: Sample,
  { alpha: shared = 0.05, comparisons = 1, tunedFor = 10_000 }: UpliftOptions = {},
): Uplift => {
  const alpha = shared / comparisons;
  const difference = mean(treated) - mean(control);
  if (treated.count < 2 || control.count < 2) {
    const unknown = around(difference, Number.POSITIVE_INFINITY);
    return { difference, relative: null, fixed: unknown, anytime: unknown, pValue: 1, decided: false };
  }
  const error = Math.sqrt(
    cautiousVariance(treated) / treated.count + cautiousVariance(control) / control.count,
  );
  const anytime = around(difference, anytimeHalfWidth(error, treated.count + control.count, alpha, tunedFor));
  return {
    difference,
    relative: mean(control) === 0 ? null : difference / mean(control),
    fixed: around(difference, error * normalQuantile(1 - alpha / 2)),
    anytime,
    pValue: 2 * (1 - normalCdf(Math.abs(difference) / error)),
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
