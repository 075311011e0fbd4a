import {
  type BelievedRate,
  gammaFor,
  inverseGapWeights,
  thompsonProbabilities,
} from "../../learning/explore.ts";
import type { Contender } from "../input/candidate.ts";
import type { DecideInput } from "../input/input.ts";

/** The share of each of the contenders, best first, of being chosen. They sum to 1. */
export type Explore = {
  /** So many of the best take part; the others wait. */
  readonly among: number;
  readonly shares: (contenders: readonly Contender[]) => readonly number[];
};

const AMONG = { "inverse-gap": 10, thompson: 5 } as const;
/** Before there is evidence, what the playbook declares counts like so many observations. */
const DECLARED_COUNTS = 100;

/** Nobody is surer than this that something never happens, or always. */
const UNCERTAINTY = 0.0001;

/**
 * A propensity with so many observations behind it, as Thompson sampling draws it. Before there are any it counts for as
 * many as bring one success and one failure: of a fair coin that leaves everything open, of what is rare little.
 */
const believedRate = (propensity: number, seen: number): BelievedRate => {
  const mean = Math.min(1 - UNCERTAINTY, Math.max(UNCERTAINTY, propensity));
  const count = seen + 1 / Math.min(mean, 1 - mean);
  return { positives: mean * count, negatives: (1 - mean) * count };
};

/** How the playbook wants choices explored; undefined: the best is chosen. */
export const exploreFor = ({ playbook, evidence = {} }: DecideInput): Explore | undefined => {
  const exploration = playbook.learning?.exploration;
  if (exploration === undefined || exploration.method === "none") return undefined;
  const seen = ({ candidate }: Contender): number => evidence[candidate.action.name] ?? 0;
  const { method, greed, floor } = exploration;
  if (method === "thompson") {
    return {
      among: AMONG.thompson,
      shares: (contenders) =>
        thompsonProbabilities(
          contenders.map((contender) => {
            const { propensity, bonus = 0, score } = contender.score;
            const believed = propensity + bonus;
            return {
              ...believedRate(propensity, seen(contender)),
              worth: believed > 0 ? score / believed : score,
            };
          }),
        ),
    };
  }
  return {
    among: AMONG["inverse-gap"],
    shares: (contenders) => {
      const scores = contenders.map(({ score }) => score.score);
      const top = Math.max(...scores);
      const total = contenders.reduce((sum, contender) => sum + seen(contender), DECLARED_COUNTS);
      // In shares of the best score: what a score is counted in is the playbook's affair.
      return inverseGapWeights(
        scores.map((score) => score / top),
        { gamma: gammaFor(greed, total, scores.length), floor },
      );
    },
  };
};
