import type { EvidenceSums } from "./evidence.ts";
import { type Interval, intervalOf, meanSpread, ratioSpread, type Spread } from "./interval.ts";

/**
 * Why an estimate does not carry: `few-samples`; `few-effective`: weights so uneven that few samples count;
 * `one-dominates`: a single sample holds a large part of the weight; `few-outcomes`: hardly any outcome differs from the
 * others, so that nobody knows how far the estimate may be off; `no-overlap`: the valued policy makes choices that the
 * log's policy never made, so that nothing is known of them.
 */
export type Warning = "few-samples" | "few-effective" | "one-dominates" | "few-outcomes" | "no-overlap";

export type Estimate = {
  readonly samples: number;
  /** (sum of weights)^2 / sum of squared weights (Kish 1965): how many evenly weighted samples these are worth. */
  readonly effectiveSamples: number;
  readonly largestWeight: number;
  /** Mean weight: 1 where the log covers all that the valued policy does, less where it does not. */
  readonly overlap: number;
  /** The reward under the log's own policy. */
  readonly logged: Interval;
  readonly inversePropensity: Interval;
  readonly selfNormalised: Interval;
  readonly doublyRobust: Interval;
  readonly warnings: readonly Warning[];
};

const FEWEST_SAMPLES = 100;
const FEWEST_EFFECTIVE = 50;
const LARGEST_SHARE = 0.1;
/**
 * Terms that the spread rests on, as Kish counts: (sum of u^2)^2 / sum of u^4. Of equal, rare successes it is their
 * number. With fewer, intervals of made-up logs hold the truth less often than promised, see docs/simulation.md.
 */
const FEWEST_OUTCOMES = 3;
/** Standard errors that the mean weight may differ from 1 by chance. */
const OVERLAP_ERRORS = 4;
/** The least difference that counts: in a large log even the smallest is more than chance. */
const OVERLAP_GAP = 0.02;

const warningsOf = (sums: EvidenceSums, effective: number, ratio: Spread): Warning[] => {
  const { n, w, ww, largest } = sums;
  const warnings: Warning[] = [];
  if (n < FEWEST_SAMPLES) warnings.push("few-samples");
  if (effective < FEWEST_EFFECTIVE) warnings.push("few-effective");
  if (w > 0 && largest / w > LARGEST_SHARE) warnings.push("one-dominates");
  if (!(n / ratio.kurtosis >= FEWEST_OUTCOMES)) warnings.push("few-outcomes");
  const error = Math.sqrt(Math.max(0, ww / n - (w / n) ** 2) / n);
  const gap = Math.abs(1 - w / n);
  if (gap > OVERLAP_GAP && gap > OVERLAP_ERRORS * error) warnings.push("no-overlap");
  return warnings;
};

/**
 * What the valued policy would have earned per decision, three ways: inverse propensity (Horvitz and Thompson 1952),
 * self-normalised (Swaminathan and Joachims 2015; not a number without any weight) and doubly robust (Dudik, Langford
 * and Li 2011). Null without samples.
 * @param confidence with which each interval is to hold the truth, at least
 */
export const estimateFrom = (sums: EvidenceSums, confidence = 0.95): Estimate | null => {
  const { n, w, ww, x, xx, xxx, xxxx, d, dd, ddd, dddd, r, rr, rrr, rrrr } = sums;
  if (n === 0) return null;
  const effectiveSamples = ww === 0 ? 0 : (w * w) / ww;
  const ratio = ratioSpread(sums);
  const weighted = (spread: Spread): Interval => intervalOf(spread, confidence, effectiveSamples - 1);
  return {
    samples: n,
    effectiveSamples,
    largestWeight: sums.largest,
    overlap: w / n,
    logged: intervalOf(meanSpread(sums, "r", [r, rr, rrr, rrrr]), confidence, n - 1),
    inversePropensity: weighted(meanSpread(sums, "x", [x, xx, xxx, xxxx])),
    selfNormalised: weighted(ratio),
    doublyRobust: weighted(meanSpread(sums, "d", [d, dd, ddd, dddd])),
    warnings: warningsOf(sums, effectiveSamples, ratio),
  };
};
