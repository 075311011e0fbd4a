import type { Decision } from "../../records/decision.ts";

/** The model, the latest outcome in it, and whether its probabilities are exact. */
const modelOf = ({ learning }: Decision) =>
  learning === undefined
    ? {}
    : {
        model: learning.model,
        ...(learning.asOf === undefined ? {} : { modelAsOf: learning.asOf }),
        ...(learning.approximate === true ? { approximate: true } : {}),
      };

/** A decision in the shape of the HTTP contract, without rejected actions. */
export const answerOf = (decision: Decision) => ({
  decisionId: decision.decisionId,
  customerId: decision.customerId,
  placement: decision.placement,
  playbook: decision.playbook,
  at: decision.at,
  dryRun: decision.dryRun,
  ...(decision.trigger === undefined ? {} : { trigger: decision.trigger }),
  ...(decision.eventId === undefined ? {} : { eventId: decision.eventId }),
  ...(decision.anewOf === undefined ? {} : { anewOf: decision.anewOf }),
  ...modelOf(decision),
  ...(decision.experiments === undefined ? {} : { experiments: decision.experiments }),
  actions: decision.actions,
});
