import type { Decision } from "../domain/decision/types.ts";
import type { Goal } from "../domain/simulation/job.ts";

/** What came of decisions, for those who value them afterwards. */
export type OutcomeFacts = {
  /** Reward of a decision: 1 or 0, or the sum of values; 0 for anonymous ones. One Query at least. */
  readonly rewardOf: (decision: Omit<Decision, "ref">, goal: Goal) => Promise<number>;
};
