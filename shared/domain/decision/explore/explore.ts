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

/** Probabilities are kept this far from 0 and 1: nothing is certain. */
const UNCERTAINTY = 0.0001;

/**
 * A propensity and the observations behind it, as Thompson sampling draws from them. Without observations it counts as so
 * many that one success and one failure are among them: this leaves a likely response wide open, a rare one less.
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
      // As shares of the best score, because every playbook has its own unit of scores.
      return inverseGapWeights(
        scores.map((score) => score / top),
        { gamma: gammaFor(greed, total, scores.length), floor },
      );
    },
  };
};
