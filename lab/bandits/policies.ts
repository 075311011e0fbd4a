import { contestCells, followed, verdictOf } from "#domain/learning/contest.ts";
import { draw, gammaFor, inverseGapWeights } from "#domain/learning/explore.ts";
import type { Cell, Foreseen } from "#domain/learning/model.ts";
import type { Problem } from "./generators.ts";
import { addInto, armOf, counterLearner, linearLearner, NOW } from "./learners.ts";

/** Chooses an arm for each customer (`context`: numbers that describe them) and learns from the reward. */
export type Policy = {
  readonly choose: (context: readonly number[]) => number;
  readonly learn: (context: readonly number[], arm: number, reward: number) => void;
};
/** How much our learners explore. */
export type Exploration = {
  /** Standard deviations that are added to an arm's estimated mean. */
  readonly optimism: number;
  /** Larger: the best arm is chosen more often, and the more so with each step (`gammaFor`). */
  readonly greed: number;
  /** Share of an even split, 0 to 1, below which no arm's probability falls. */
  readonly floor: number;
};
type Random = () => number;

/** Chooses among estimates as the decision service does: optimistic scores, inverse-gap weights, one draw. */
const chooser = (random: Random, exploration: Exploration) => {
  let steps = 0;
  return (estimates: readonly { mean: number; deviation: number }[]): number => {
    steps += 1;
    const scores = estimates.map(({ mean, deviation }) => mean + exploration.optimism * deviation);
    const gamma = gammaFor(exploration.greed, steps, scores.length);
    return draw(inverseGapWeights(scores, { gamma, floor: exploration.floor }), random());
  };
};

/** Rapport's linear learner. */
export const linearPolicy = (problem: Problem, random: Random, exploration: Exploration): Policy => {
  const { estimates, learn } = linearLearner(problem);
  const pick = chooser(random, exploration);
  return { choose: (context) => pick(estimates(context)), learn };
};

/** Rapport's counters. Until they tell customers apart arms are chosen by chance. */
export const counterPolicy = (problem: Problem, random: Random, exploration: Exploration): Policy => {
  const { estimates, tellsApart, learn } = counterLearner(problem);
  const pick = chooser(random, exploration);
  return {
    choose: (context) => (tellsApart() ? pick(estimates(context)) : Math.floor(random() * problem.arms)),
    learn,
  };
};

/**
 * Rapport's `auto`: both learners, each judged by what it expected before it learnt of it, and followed by arm. Counters are
 * asked from when they tell customers apart.
 */
export const autoPolicy = (problem: Problem, random: Random, exploration: Exploration): Policy => {
  const [counting, lined] = [counterLearner(problem), linearLearner(problem)];
  const pick = chooser(random, exploration);
  const scores = new Map<string, Cell>();
  let foreseen: readonly Foreseen[] = [];
  return {
    choose: (context) => {
      const counted = counting.estimates(context);
      const estimates = lined.estimates(context).map((linear, arm) => {
        const counters = counted[arm] ?? linear;
        const verdict = verdictOf(scores, armOf(arm), NOW, 0);
        return { linear, counters, chosen: followed(verdict, { counters, linear }) };
      });
      foreseen = estimates.map(({ counters, linear }) => ({ counters: counters.mean, linear: linear.mean }));
      const knows = counting.tellsApart();
      return pick(estimates.map(({ linear, chosen }) => (knows ? chosen : linear)));
    },
    learn: (context, arm, reward) => {
      const both = foreseen[arm];
      const observation = { arm: armOf(arm), features: {}, reward, at: NOW };
      if (both !== undefined) addInto(scores, new Map(contestCells({ ...observation, foreseen: both }, 0)));
      counting.learn(context, arm, reward);
      lined.learn(context, arm, reward);
    },
  };
};

/**
 * LinUCB with disjoint arms (Li, Chu, Langford, Schapire 2010). Each arm's inverse matrix is updated by the formula of
 * Sherman and Morrison.
 */
export const linUcbPolicy = (problem: Problem, alpha: number): Policy => {
  const size = problem.features + 1;
  const arms = Array.from({ length: problem.arms }, () => ({
    inverse: Array.from({ length: size }, (_, row) =>
      Array.from({ length: size }, (_, column) => Number(row === column)),
    ),
    rewards: new Array<number>(size).fill(0),
  }));
  const times = (matrix: readonly (readonly number[])[], x: readonly number[]): number[] =>
    matrix.map((row) => row.reduce((sum, value, index) => sum + value * (x[index] ?? 0), 0));
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  return {
    choose: (context) => {
      const x = [1, ...context];
      const scores = arms.map(({ inverse, rewards }) => {
        const spread = times(inverse, x);
        return dot(spread, rewards) + alpha * Math.sqrt(dot(spread, x));
      });
      return scores.indexOf(Math.max(...scores));
    },
    learn: (context, index, reward) => {
      const arm = arms[index];
      if (arm === undefined) return;
      const x = [1, ...context];
      const spread = times(arm.inverse, x);
      const scale = 1 + dot(spread, x);
      arm.inverse = arm.inverse.map((row, i) =>
        row.map((value, j) => value - ((spread[i] ?? 0) * (spread[j] ?? 0)) / scale),
      );
      arm.rewards = arm.rewards.map((value, i) => value + reward * (x[i] ?? 0));
    },
  };
};

/** Epsilon-greedy: the arm with the best mean so far, or with probability epsilon any. It takes no notice of the customer. */
export const epsilonGreedyPolicy = (problem: Problem, random: Random, epsilon: number): Policy => {
  const sums = Array.from({ length: problem.arms }, () => ({ count: 0, sum: 0 }));
  return {
    choose: () => {
      if (random() < epsilon) return Math.floor(random() * problem.arms);
      const means = sums.map(({ count, sum }) => (count === 0 ? Number.POSITIVE_INFINITY : sum / count));
      return means.indexOf(Math.max(...means));
    },
    learn: (_, arm, reward) => {
      const seen = sums[arm];
      if (seen === undefined) return;
      seen.count += 1;
      seen.sum += reward;
    },
  };
};

/** Cumulative regret: what the best arm for each of `steps` customers would have earned more than the policy's choices. */
export const regret = (problem: Problem, policy: Policy, steps: number): number => {
  let lost = 0;
  for (let step = 0; step < steps; step += 1) {
    const context = problem.context();
    const arm = policy.choose(context);
    policy.learn(context, arm, problem.reward(context, arm));
    const best = Math.max(
      ...Array.from({ length: problem.arms }, (_, other) => problem.expected(context, other)),
    );
    lost += best - problem.expected(context, arm);
  }
  return lost;
};
