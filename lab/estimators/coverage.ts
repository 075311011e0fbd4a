import { valueLog } from "./synthetic.ts";
import type { World } from "./worlds.ts";

export const ESTIMATORS = ["inversePropensity", "selfNormalised", "doublyRobust"] as const;
export type EstimatorName = (typeof ESTIMATORS)[number];

/** How often, and how closely, the intervals of one estimator held the truth of a world. */
export type Coverage = {
  /** Runs whose interval held the truth. */
  readonly covered: number;
  /** The same for each full series of 100 runs; the first is that of seeds 1 to 100. */
  readonly series: readonly number[];
  /** Mean width of the interval in shares of the truth. */
  readonly width: number;
};

export type WorldCoverage = Readonly<Record<EstimatorName, Coverage>> & {
  readonly runs: number;
  /** Runs in which a warning was given. */
  readonly warned: number;
};

/** Runs of a series. */
export const SERIES = 100;

/** Neighbouring seeds (1, 2, ...) would give streams that begin alike, so they are spread out. */
const spreadOut = (seed: number): number => Math.imul(seed, 0x9e3779b1);

/**
 * Runs a world with seeds 1, 2, ... and counts how the estimators did.
 * @param seeded gives a stream of uniform numbers for a seed
 */
export const coverageOf = (
  world: World,
  runs: number,
  seeded: (seed: number) => () => number,
): WorldCoverage => {
  const valued = Array.from({ length: runs }, (_, run) => valueLog(world, seeded(spreadOut(run + 1))));
  const coverage = (name: EstimatorName): Coverage => {
    const held = valued.map(({ truth, estimate }) =>
      Number(estimate[name].low <= truth && truth <= estimate[name].high),
    );
    const total = (some: readonly number[]): number => some.reduce((sum, one) => sum + one, 0);
    return {
      covered: total(held),
      series: Array.from({ length: Math.floor(runs / SERIES) }, (_, index) =>
        total(held.slice(index * SERIES, (index + 1) * SERIES)),
      ),
      width:
        total(valued.map(({ truth, estimate }) => (estimate[name].high - estimate[name].low) / truth)) / runs,
    };
  };
  return {
    runs,
    warned: valued.filter(({ estimate }) => estimate.warnings.length > 0).length,
    inversePropensity: coverage("inversePropensity"),
    selfNormalised: coverage("selfNormalised"),
    doublyRobust: coverage("doublyRobust"),
  };
};

/** Whether a world gives the estimators enough to go by: most of its runs end without a warning. */
export const hasEnoughEvidence = ({ runs, warned }: WorldCoverage): boolean => warned < runs / 2;
