import { BINNING_CUTS, learnBinning } from "#domain/learning/binning.ts";
import {
  COUNTER_DEFAULTS,
  type CounterSettings,
  counterEstimator,
  observeCounters,
} from "#domain/learning/counters.ts";
import { draw, gammaFor, inverseGapWeights } from "#domain/learning/explore.ts";
import {
  estimateLinear,
  type LinearSettings,
  observeLinear,
  type SolvedArm,
  solveLinear,
  typicalVariance,
} from "#domain/learning/linear.ts";
import {
  type Arm,
  addCell,
  type Cell,
  type Delta,
  EMPTY_CELL,
  type Features,
  type Observation,
} from "#domain/learning/model.ts";
import type { Problem } from "./generators.ts";

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

const NOW = 0;
const armOf = (index: number): Arm => ({ action: `arm${index}`, group: "all", channel: "web" });
const addInto = (cells: Map<string, Cell>, delta: Delta): void => {
  for (const [key, cell] of delta) cells.set(key, addCell(cells.get(key) ?? EMPTY_CELL, cell));
};

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

/** Rapport's linear learner, over the numbers that describe a customer. */
export const linearPolicy = (problem: Problem, random: Random, exploration: Exploration): Policy => {
  const settings: LinearSettings = { dimensions: problem.features + 1, ridge: 1, halfLifeDays: 0 };
  const cells = new Map<string, Cell>();
  const solved: SolvedArm[] = Array.from({ length: problem.arms }, (_, arm) =>
    solveLinear(settings, cells, armOf(arm), NOW),
  );
  const pick = chooser(random, exploration);
  return {
    choose: (context) => {
      const typical = typicalVariance(settings, cells, NOW);
      return pick(solved.map((arm) => estimateLinear(arm, [1, ...context], typical)));
    },
    learn: (context, arm, reward) => {
      addInto(cells, observeLinear(settings, [1, ...context], { arm: armOf(arm), reward, at: NOW }));
      solved[arm] = solveLinear(settings, cells, armOf(arm), NOW);
    },
  };
};

/**
 * Rapport's counters. The values of the first customers decide where bins are cut, as soon as there are enough, and once
 * more when there are many. Until then arms are chosen by chance.
 */
export const counterPolicy = (problem: Problem, random: Random, exploration: Exploration): Policy => {
  const names = Array.from({ length: problem.features }, (_, index) => `x${index}`);
  const featuresOf = (context: readonly number[]): Features =>
    Object.fromEntries(names.map((name, index) => [name, context[index] ?? 0]));
  const sample: Observation[] = [];
  const cells = new Map<string, Cell>();
  let settings: CounterSettings | null = null;
  const pick = chooser(random, exploration);
  const [lastCut] = BINNING_CUTS.slice(-1);
  return {
    choose: (context) => {
      const known = settings;
      if (known === null) return Math.floor(random() * problem.arms);
      const features = featuresOf(context);
      const estimate = counterEstimator(known, cells, NOW);
      return pick(Array.from({ length: problem.arms }, (_, arm) => estimate(armOf(arm), features, 0)));
    },
    learn: (context, arm, reward) => {
      const observation = { arm: armOf(arm), features: featuresOf(context), reward, at: NOW };
      if (settings !== null) addInto(cells, observeCounters(settings, observation));
      if (sample.length >= (lastCut ?? 0)) return;
      sample.push(observation);
      if (!BINNING_CUTS.some((cut) => cut === sample.length)) return;
      const binning = learnBinning(
        sample.map(({ features }) => features),
        names,
      );
      settings = { ...COUNTER_DEFAULTS, binning, segmentBy: names.slice(0, 2), halfLifeDays: 0 };
      cells.clear();
      for (const earlier of sample) addInto(cells, observeCounters(settings, earlier));
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
