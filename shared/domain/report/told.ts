import { DecisionRecorded } from "#events/decision-recorded.ts";
import { hashId } from "#kernel/hash.ts";
import type { DomainEvent } from "../records/effects.ts";

/** The fact for the reports that decisions are recorded together. */
export const recordedDecisions = (decisionIds: readonly string[], at: string): DomainEvent => ({
  id: hashId("drc", ...decisionIds),
  name: DecisionRecorded.name,
  detail: { v: DecisionRecorded.version, decisionIds: [...decisionIds], at },
});
