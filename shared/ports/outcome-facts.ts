import type { Decision } from "#domain/records/decision.ts";
import type { Goal } from "#domain/simulation/job.ts";

/** What came of decisions, for those who value them afterwards. */
export type OutcomeFacts = {
  /**
   * Reward of a decision: 1 or 0, or the sum of values. Undefined where nobody can tell: of an anonymous decision, and
   * where the customer is gone. Those who ask at the same time share a request that finds who the customers are by now;
   * then it is one Query at least for each id they ever had.
   */
  readonly rewardOf: (decision: Omit<Decision, "ref">, goal: Goal) => Promise<number | undefined>;
};
