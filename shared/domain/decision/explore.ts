import { gammaFor, inverseGapWeights, thompsonProbabilities } from "../learning/explore.ts";
import type { Contender } from "./candidate.ts";
import type { DecideInput } from "./input.ts";

/** The share of each of the contenders, best first, of being chosen. They sum to 1. */
export type Explore = {
  /** So many of the best take part; the others wait. */
  readonly among: number;
  readonly shares: (contenders: readonly Contender[]) => readonly number[];
};

const AMONG = { "inverse-gap": 10, thompson: 5 } as const;
/** Before there is evidence, what the playbook declares counts like so many observations. */
const DECLARED_COUNTS = 100;

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
            const count = seen(contender);
            const { propensity, bonus = 0, score } = contender.score;
            const believed = propensity + bonus;
            return {
              positives: propensity * count,
              negatives: (1 - propensity) * count,
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
