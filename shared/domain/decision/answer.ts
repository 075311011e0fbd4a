import type { Decision } from "./types.ts";

/** A decision in the shape of the HTTP contract, without what was not chosen. */
export const answerOf = (decision: Decision) => ({
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
});
