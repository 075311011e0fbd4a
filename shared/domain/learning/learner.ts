import type { Binning } from "./binning.ts";
import {
  COUNTER_DEFAULTS,
  type CounterSettings,
  counterEstimator,
  observeBins,
  observeCounters,
} from "./counters.ts";
import { dimensionsOf, encode } from "./encoding.ts";
import { expectationCell } from "./health.ts";
import {
  estimateLinear,
  type LinearSettings,
  observeLinear,
  type SolvedArm,
  solveLinear,
  typicalVariance,
} from "./linear.ts";
import type { Arm, Cells, Delta, Estimate, Features, Observation } from "./model.ts";

/** The settings of learning that decide which sums there are. */
export type LearnerSettings = {
  readonly learner: "counters" | "linear";
  readonly halfLifeDays: number;
  /** How many of the first predictors span the segments that counters keep. */
  readonly segmentBy: number;
};

/** The port: which sums an observation adds, and what to expect given the sums. */
export type Learner = {
  readonly observe: (observation: Observation) => Delta;
  /**
   * @param now milliseconds since the epoch
   * @param prior the mean to expect of an arm without observations
   */
  readonly estimator: (cells: Cells, now: number) => Estimator;
};
/** `declared`: the playbook declares the prior for this action; otherwise it is the one used for any action. */
export type Estimator = (arm: Arm, features: Features, prior: number, declared?: boolean) => Estimate;

/** Strength of the belief, in observations, that a predictor has no effect. */
const RIDGE = 1;

const counters = (settings: CounterSettings): Learner => ({
  observe: (observation) => observeCounters(settings, observation),
  estimator: (cells, now) => counterEstimator(settings, cells, now),
});

const linear = (settings: LinearSettings, binning: Binning): Learner => ({
  // The bins are for people, to see which predictors matter; the estimate does not use them.
  observe: (observation) =>
    new Map([
      ...observeLinear(settings, encode(binning, observation.features), observation),
      ...observeBins(binning, observation, settings.halfLifeDays),
    ]),
  estimator: (cells, now) => {
    const solved = new Map<string, SolvedArm>();
    const encoded = new WeakMap<Features, readonly number[]>();
    const typical = typicalVariance(settings, cells, now);
    return (arm, features, prior) => {
      const key = `${arm.action}|${arm.channel}`;
      const known = solved.get(key) ?? solveLinear(settings, cells, arm, now);
      solved.set(key, known);
      const x = encoded.get(features) ?? encode(binning, features);
      encoded.set(features, x);
      const estimate = estimateLinear(known, x, typical);
      const trust = estimate.evidence / (estimate.evidence + settings.dimensions);
      return { ...estimate, mean: trust * estimate.mean + (1 - trust) * prior };
    };
  },
});

/** Counts beside a learner's own sums how well choices were foreseen. */
const withHealth = (learner: Learner, halfLifeDays: number): Learner => ({
  ...learner,
  observe: (observation) => {
    const health = expectationCell(observation, halfLifeDays);
    const delta = learner.observe(observation);
    return health === null ? delta : new Map([...delta, health]);
  },
});

/** The learner that the playbook asks for, over bins that were learnt. Without bins it knows actions but not customers. */
export const learnerOf = (settings: LearnerSettings, binning: Binning): Learner => {
  const { halfLifeDays } = settings;
  if (settings.learner === "linear") {
    const dimensions = dimensionsOf(binning);
    return withHealth(linear({ dimensions, ridge: RIDGE, halfLifeDays }, binning), halfLifeDays);
  }
  const segmentBy = Object.keys(binning).slice(0, settings.segmentBy);
  return withHealth(counters({ ...COUNTER_DEFAULTS, binning, segmentBy, halfLifeDays }), halfLifeDays);
};
