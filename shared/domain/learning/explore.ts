import { betaCdf } from "../statistics/beta.ts";

/** Probabilities of choosing each candidate, in the candidates' order; they sum to 1. */
export type ChoiceProbabilities = readonly number[];

export type InverseGap = {
  /** How greedy: 0 chooses evenly, large numbers choose the best. Grows with evidence. */
  readonly gamma: number;
  /** No candidate's probability falls below this share of an even split, 0..1: every action stays measurable. */
  readonly floor: number;
};

/**
 * Inverse-gap weighting (Foster and Rakhlin, "Beyond UCB", 2020; after Abe and Long, 1999): a candidate's probability
 * falls with its distance from the best. The closed form makes the recorded probability of a choice exact.
 * `scores` are on one scale, higher is better; ties for the best go to the first.
 */
export const inverseGapWeights = (
  scores: readonly number[],
  { gamma, floor }: InverseGap,
): ChoiceProbabilities => {
  const count = scores.length;
  if (count === 0) return [];
  const best = scores.indexOf(Math.max(...scores));
  const top = scores[best] ?? 0;
  const others = scores.map((score, index) =>
    index === best ? 0 : 1 / (count + gamma * Math.max(0, top - score)),
  );
  const rest = others.reduce((sum, weight) => sum + weight, 0);
  return others.map((weight, index) => {
    const greedy = index === best ? 1 - rest : weight;
    return floor / count + (1 - floor) * greedy;
  });
};

/** Greed that grows with evidence: regret is then of the order of the square root of the number of choices. */
export const gammaFor = (greed: number, evidence: number, count: number): number =>
  greed * Math.sqrt(evidence * count);

/** Index drawn with the given probabilities by one uniform number in [0, 1). */
export const draw = (probabilities: ChoiceProbabilities, uniform: number): number => {
  let left = uniform;
  for (const [index, probability] of probabilities.entries()) {
    left -= probability;
    if (left < 0) return index;
  }
  return probabilities.length - 1;
};

/** A rate that is believed to follow Beta(positives, negatives), both above 0. */
export type BelievedRate = {
  /** Successes and failures, those that count for what was believed before any were seen included. */
  readonly positives: number;
  readonly negatives: number;
  /** What a success is worth; default 1. */
  readonly worth?: number;
};

/** Points at which each candidate's own distribution is read, and how many standard deviations they reach. */
const POINTS = 200;
const REACH = 8;

/** Worths between which a candidate's distribution rises: elsewhere it is flat, however large others' worths are. */
const pointsOf = ({ positives, negatives, worth = 1 }: BelievedRate): readonly number[] => {
  const count = positives + negatives;
  const mean = positives / count;
  const reach = REACH * Math.sqrt((mean * (1 - mean)) / (count + 1));
  const from = Math.max(0, mean - reach);
  const step = (Math.min(1, mean + reach) - from) / POINTS;
  return Array.from({ length: POINTS + 1 }, (_, index) => worth * (from + index * step));
};

const chanceBelow = ({ positives, negatives, worth = 1 }: BelievedRate, point: number): number =>
  worth > 0 ? betaCdf(point / worth, positives, negatives) : 1;

/**
 * Probability that each candidate has the highest rate, times its worth, when rates are drawn from what is believed of
 * them: what Thompson sampling chooses with. There is no closed form; this adds up, over the points of all candidates,
 * the chance that one lies between two points and all others below (the trapezoid rule), to four digits. So callers mark
 * it approximate and use it on short lists only.
 */
export const thompsonProbabilities = (candidates: readonly BelievedRate[]): ChoiceProbabilities => {
  const wins = candidates.map(() => 0);
  let before = candidates.map(() => 0);
  for (const point of [...candidates.flatMap(pointsOf), Number.POSITIVE_INFINITY].sort((a, b) => a - b)) {
    const below = candidates.map((candidate) => chanceBelow(candidate, point));
    for (const index of wins.keys()) {
      let chance = (below[index] ?? 0) - (before[index] ?? 0);
      for (const [other, now] of below.entries()) {
        if (other !== index) chance *= (now + (before[other] ?? 0)) / 2;
      }
      wins[index] = (wins[index] ?? 0) + chance;
    }
    before = below;
  }
  const total = wins.reduce((sum, win) => sum + win, 0);
  return wins.map((win) => win / total);
};
