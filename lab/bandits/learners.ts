import { BINNING_CUTS, learnBinning } from "#domain/learning/binning.ts";
import {
  COUNTER_DEFAULTS,
  type CounterSettings,
  counterEstimator,
  observeCounters,
} from "#domain/learning/counters.ts";
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
  type Estimate,
  type Features,
  type Observation,
} from "#domain/learning/model.ts";
import type { Problem } from "./generators.ts";

/** Learns what to expect of each arm for a customer. */
export type ArmLearner = {
  readonly estimates: (context: readonly number[]) => readonly Estimate[];
  /** Whether it tells customers apart yet. */
  readonly tellsApart: () => boolean;
  readonly learn: (context: readonly number[], arm: number, reward: number) => void;
};

/** Nothing is forgotten, so any moment serves. */
export const NOW = 0;
export const armOf = (index: number): Arm => ({ action: `arm${index}`, group: "all", channel: "web" });
export const addInto = (cells: Map<string, Cell>, delta: Delta): void => {
  for (const [key, cell] of delta) cells.set(key, addCell(cells.get(key) ?? EMPTY_CELL, cell));
};

/** Rapport's linear learner, over the numbers that describe a customer. */
export const linearLearner = (problem: Problem): ArmLearner => {
  const settings: LinearSettings = { dimensions: problem.features + 1, ridge: 1, halfLifeDays: 0 };
  const encoded = problem.encode ?? ((context) => context);
  const cells = new Map<string, Cell>();
  const solved: SolvedArm[] = Array.from({ length: problem.arms }, (_, arm) =>
    solveLinear(settings, cells, armOf(arm), NOW),
  );
  return {
    estimates: (context) => {
      const typical = typicalVariance(settings, cells, NOW);
      return solved.map((arm) => estimateLinear(arm, [1, ...encoded(context)], typical));
    },
    tellsApart: () => true,
    learn: (context, arm, reward) => {
      const x = [1, ...encoded(context)];
      addInto(cells, observeLinear(settings, x, { arm: armOf(arm), reward, at: NOW }));
      solved[arm] = solveLinear(settings, cells, armOf(arm), NOW);
    },
  };
};

/**
 * Rapport's counters. The values of the first customers decide where bins are cut, as soon as there are enough, and once
 * more when there are many.
 */
export const counterLearner = (problem: Problem): ArmLearner => {
  const names = Array.from({ length: problem.predictors ?? problem.features }, (_, index) => `x${index}`);
  const { describe = (number: number) => number } = problem;
  const featuresOf = (context: readonly number[]): Features =>
    Object.fromEntries(names.map((name, index) => [name, describe(context[index] ?? 0)]));
  const sample: Observation[] = [];
  const cells = new Map<string, Cell>();
  let settings: CounterSettings = { ...COUNTER_DEFAULTS, binning: {}, segmentBy: [], halfLifeDays: 0 };
  const [lastCut] = BINNING_CUTS.slice(-1);
  return {
    estimates: (context) => {
      const features = featuresOf(context);
      const estimate = counterEstimator(settings, cells, NOW);
      return Array.from({ length: problem.arms }, (_, arm) => estimate(armOf(arm), features, 0));
    },
    tellsApart: () => settings.segmentBy.length > 0,
    learn: (context, arm, reward) => {
      const observation = { arm: armOf(arm), features: featuresOf(context), reward, at: NOW };
      addInto(cells, observeCounters(settings, observation));
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
