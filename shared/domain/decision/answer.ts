import { explained, explanationOf } from "./explain.ts";
import type { Decision } from "./types.ts";

/** A decision in the shape of the HTTP contract; everything considered comes along when asked for. */
export const answerOf = (decision: Decision, options: { readonly explain: boolean }) => ({
  decisionId: decision.decisionId,
  customerId: decision.customerId,
  placement: decision.placement,
  playbook: decision.playbook,
  at: decision.at,
  dryRun: decision.dryRun,
  ...(decision.trigger === undefined ? {} : { trigger: decision.trigger }),
  ...(decision.eventId === undefined ? {} : { eventId: decision.eventId }),
  ...(decision.learning === undefined ? {} : { model: decision.learning.model }),
  ...(decision.experiments === undefined ? {} : { experiments: decision.experiments }),
  actions: decision.actions,
  ...(options.explain
    ? {
        rejected: explained(decision),
        checks: decision.checks,
        explanation: explanationOf(decision),
      }
    : {}),
});
