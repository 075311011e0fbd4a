import { normalQuantile } from "../statistics/normal.ts";

/** One logged choice seen by a policy that is to be valued. */
export type Sample = {
  /** What came of it. */
  readonly reward: number;
  /** Probability with which the log's policy made the choice; more than 0. */
  readonly logged: number;
  /** Probability with which the valued policy would have made the same choice. */
  readonly target: number;
  /** A model's guess at the reward of the logged choice, made without this sample. */
  readonly guessLogged: number;
  /** The same model's guess for what the valued policy chooses, averaged over its choices. */
  readonly guessTarget: number;
};

/**
 * Sums over samples: all that the estimators need, of any number of samples. Sums of two parts of a log add up, so that
 * a simulation may stop and go on anywhere.
 */
export type EvidenceSums = {
  readonly n: number;
  /** weight = target / logged */
  readonly w: number;
  readonly ww: number;
  readonly wr: number;
  readonly wwr: number;
  readonly wwrr: number;
  readonly largest: number;
  /** Of the doubly robust term: guessTarget + weight x (reward - guessLogged). */
  readonly d: number;
  readonly dd: number;
  /** Rewards as logged. */
  readonly r: number;
  readonly rr: number;
};

export const NO_EVIDENCE_SUMS: EvidenceSums = {
  n: 0,
  w: 0,
  ww: 0,
  wr: 0,
  wwr: 0,
  wwrr: 0,
  largest: 0,
  d: 0,
  dd: 0,
  r: 0,
  rr: 0,
};

export const addSample = (sums: EvidenceSums, sample: Sample): EvidenceSums => {
  const { reward, logged, target, guessLogged, guessTarget } = sample;
  const weight = target / logged;
  const doublyRobust = guessTarget + weight * (reward - guessLogged);
  return {
    n: sums.n + 1,
    w: sums.w + weight,
    ww: sums.ww + weight * weight,
    wr: sums.wr + weight * reward,
    wwr: sums.wwr + weight * weight * reward,
    wwrr: sums.wwrr + weight * weight * reward * reward,
    largest: Math.max(sums.largest, weight),
    d: sums.d + doublyRobust,
    dd: sums.dd + doublyRobust * doublyRobust,
    r: sums.r + reward,
    rr: sums.rr + reward * reward,
  };
};

export const addSums = (one: EvidenceSums, other: EvidenceSums): EvidenceSums => ({
  n: one.n + other.n,
  w: one.w + other.w,
  ww: one.ww + other.ww,
  wr: one.wr + other.wr,
  wwr: one.wwr + other.wwr,
  wwrr: one.wwrr + other.wwrr,
  largest: Math.max(one.largest, other.largest),
  d: one.d + other.d,
  dd: one.dd + other.dd,
  r: one.r + other.r,
  rr: one.rr + other.rr,
});

/** A mean reward per decision with the interval that holds the truth with the confidence asked for. */
export type Interval = { readonly value: number; readonly low: number; readonly high: number };

/**
 * Why an estimate does not carry: `few-samples`; `few-effective`: weights so uneven that few samples count;
 * `one-dominates`: a single sample holds a large part of the weight; `no-overlap`: the valued policy makes choices that
 * the log's policy never made, so that nothing is known of them.
 */
export type Warning = "few-samples" | "few-effective" | "one-dominates" | "no-overlap";

export type Estimate = {
  readonly samples: number;
  /** (sum of weights)^2 / sum of squared weights (Kish 1965): how many evenly weighted samples these are worth. */
  readonly effectiveSamples: number;
  readonly largestWeight: number;
  /** Mean weight: 1 where the log covers all that the valued policy does, less where it does not. */
  readonly overlap: number;
  /** As it was, under the log's own policy. */
  readonly logged: Interval;
  readonly inversePropensity: Interval;
  readonly selfNormalised: Interval;
  readonly doublyRobust: Interval;
  readonly warnings: readonly Warning[];
};

const FEWEST_SAMPLES = 100;
const FEWEST_EFFECTIVE = 50;
const LARGEST_SHARE = 0.1;
/** Standard errors that the mean weight may be away from 1 before that is no chance any more. */
const OVERLAP_ERRORS = 4;
/** And so much at least, since with large logs the smallest gap is no chance. */
const OVERLAP_GAP = 0.02;

/** Student's quantile from the normal one (Abramowitz and Stegun 26.7.5); below 3 degrees of freedom as if there were 3. */
const studentQuantile = (z: number, freedom: number): number => {
  const degrees = Math.max(3, freedom);
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  return z + first / degrees + second / degrees ** 2;
};

const meanInterval = (sum: number, squares: number, n: number, z: number): Interval => {
  const value = sum / n;
  const variance = Math.max(0, squares / n - value * value) * (n / Math.max(1, n - 1));
  const half = z * Math.sqrt(variance / n);
  return { value, low: value - half, high: value + half };
};

/** Ratio of sums; its variance by the delta method (Owen, "Monte Carlo theory, methods and examples", 2013, 9.2). */
const ratioInterval = ({ w, ww, wr, wwr, wwrr }: EvidenceSums, z: number): Interval => {
  if (w === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const value = wr / w;
  const squares = Math.max(0, wwrr - 2 * value * wwr + value * value * ww);
  const half = (z * Math.sqrt(squares)) / w;
  return { value, low: value - half, high: value + half };
};

const warningsOf = (sums: EvidenceSums, effective: number): Warning[] => {
  const { n, w, ww, largest } = sums;
  const warnings: Warning[] = [];
  if (n < FEWEST_SAMPLES) warnings.push("few-samples");
  if (effective < FEWEST_EFFECTIVE) warnings.push("few-effective");
  if (w > 0 && largest / w > LARGEST_SHARE) warnings.push("one-dominates");
  const error = Math.sqrt(Math.max(0, ww / n - (w / n) ** 2) / n);
  const gap = Math.abs(1 - w / n);
  if (gap > OVERLAP_GAP && gap > OVERLAP_ERRORS * error) warnings.push("no-overlap");
  return warnings;
};

/**
 * What the valued policy would have earned per decision, three ways: inverse propensity (Horvitz and Thompson 1952),
 * self-normalised (Swaminathan and Joachims 2015) and doubly robust (Dudik, Langford and Li 2011). Null without samples.
 * @param confidence of the intervals, by Student's distribution with the effective samples' degrees of freedom
 */
export const estimateFrom = (sums: EvidenceSums, confidence = 0.95): Estimate | null => {
  const { n, w, ww } = sums;
  if (n === 0) return null;
  const z = normalQuantile((1 + confidence) / 2);
  const effectiveSamples = ww === 0 ? 0 : (w * w) / ww;
  const t = studentQuantile(z, effectiveSamples - 1);
  return {
    samples: n,
    effectiveSamples,
    largestWeight: sums.largest,
    overlap: w / n,
    logged: meanInterval(sums.r, sums.rr, n, z),
    inversePropensity: meanInterval(sums.wr, sums.wwrr, n, t),
    selfNormalised: ratioInterval(sums, t),
    doublyRobust: meanInterval(sums.d, sums.dd, n, t),
    warnings: warningsOf(sums, effectiveSamples),
  };
};
