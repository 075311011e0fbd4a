import { betaCdf, betaDensity } from "../statistics/beta.ts";

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

export type Evidence = {
  readonly positives: number;
  readonly negatives: number;
  /** What a success is worth; default 1. */
  readonly worth?: number;
};

/** Points of the numerical integration: enough for four digits with a few thousand observations. */
const STEPS = 2_000;

/**
 * Probability that each candidate has the highest rate, times its worth, when rates are drawn from Beta(1 + positives, 1 + negatives):
 * what Thompson sampling chooses with. There is no closed form; this integrates by the midpoint rule, so callers mark
 * it approximate and use it on short lists only.
 */
export const thompsonProbabilities = (candidates: readonly Evidence[]): ChoiceProbabilities => {
  const most = Math.max(...candidates.map(({ worth = 1 }) => worth));
  const shapes = candidates.map(({ positives, negatives, worth = 1 }) => ({
    a: 1 + positives,
    b: 1 + negatives,
    scale: most > 0 ? worth / most : 1,
  }));
  const wins = shapes.map(() => 0);
  for (let step = 0; step < STEPS; step += 1) {
    const x = (step + 0.5) / STEPS;
    const below = shapes.map(({ a, b, scale }) => betaCdf(x / scale, a, b));
    for (const [index, { a, b, scale }] of shapes.entries()) {
      if (x >= scale) continue;
      const othersBelow = below.reduce((all, part, other) => (other === index ? all : all * part), 1);
      wins[index] = (wins[index] ?? 0) + (betaDensity(x / scale, a, b) / scale) * othersBelow;
    }
  }
  const total = wins.reduce((sum, win) => sum + win, 0);
  return wins.map((win) => (total === 0 ? 1 / wins.length : win / total));
};
