import type { Binning } from "./binning.ts";
import { contestCells, followed, verdictOf } from "./contest.ts";
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
import type { Arm, Cells, Delta, Estimate, Features, Foreseen, Observation } from "./model.ts";

/** The settings of learning that decide which sums there are. */
export type LearnerSettings = {
  readonly learner: "auto" | "counters" | "linear";
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
/** Of the learner `auto`: what each of the two expected, to be judged by when the outcome comes. */
export type TwoFold = Estimate & { readonly foreseen?: Foreseen };
/** `declared`: the playbook declares the prior for this action; otherwise it is the one used for any action. */
export type Estimator = (arm: Arm, features: Features, prior: number, declared?: boolean) => TwoFold;

/** Strength of the belief, in observations, that a predictor has no effect. */
const RIDGE = 1;

const counters = (settings: CounterSettings): Learner => ({
  observe: (observation) => observeCounters(settings, observation),
  estimator: (cells, now) => counterEstimator(settings, cells, now),
});

const linear = (settings: LinearSettings, binning: Binning): Learner => {
  const placesOf = (features: Features) => encode(binning, features).slice(0, settings.dimensions);
  return {
    // The bins are for people, to see which predictors matter; the estimate does not use them.
    observe: (observation) =>
      new Map([
        ...observeLinear(settings, placesOf(observation.features), observation),
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
        const x = encoded.get(features) ?? placesOf(features);
        encoded.set(features, x);
        const estimate = estimateLinear(known, x, typical);
        const trust = estimate.evidence / (estimate.evidence + settings.dimensions);
        return { ...estimate, mean: trust * estimate.mean + (1 - trust) * prior };
      };
    },
  };
};

/** More places than these are left to counters: a linear model keeps the products of any two. */
const MOST_PLACES = 65;

/** Both learners beside each other, on the same observations; whom to follow is decided by arm (contest.ts). */
const auto = (one: Learner, other: Learner, halfLifeDays: number): Learner => ({
  observe: (observation) =>
    new Map([
      ...other.observe(observation),
      ...one.observe(observation),
      ...contestCells(observation, halfLifeDays),
    ]),
  estimator: (cells, now) => {
    const [countersOf, linearOf] = [one.estimator(cells, now), other.estimator(cells, now)];
    const verdicts = new Map<string, ReturnType<typeof verdictOf>>();
    return (arm, features, prior, declared) => {
      const key = `${arm.action}|${arm.channel}`;
      const verdict = verdicts.get(key) ?? verdictOf(cells, arm, now, halfLifeDays);
      verdicts.set(key, verdict);
      const counted = countersOf(arm, features, prior, declared);
      // Where it has seen little, it takes the word of counters, which know the groups.
      const estimates = { counters: counted, linear: linearOf(arm, features, counted.mean, declared) };
      return {
        ...followed(verdict, estimates),
        foreseen: { counters: counted.mean, linear: estimates.linear.mean },
      };
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
  const segmentBy = Object.keys(binning).slice(0, settings.segmentBy);
  const counting = counters({ ...COUNTER_DEFAULTS, binning, segmentBy, halfLifeDays });
  const lined = (dimensions: number) => linear({ dimensions, ridge: RIDGE, halfLifeDays }, binning);
  const places = dimensionsOf(binning);
  switch (settings.learner) {
    case "counters":
      return withHealth(counting, halfLifeDays);
    case "linear":
      return withHealth(lined(places), halfLifeDays);
    case "auto":
      return withHealth(auto(counting, lined(Math.min(MOST_PLACES, places)), halfLifeDays), halfLifeDays);
  }
};
