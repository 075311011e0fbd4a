import * as z from "zod/mini";
import { DecisionRecorded } from "#events/decision-recorded.ts";
import { ExperimentRecorded } from "#events/experiment-recorded.ts";
import { OutcomeCounted } from "#events/outcome-counted.ts";
import { OutcomeRecorded } from "#events/outcome-recorded.ts";

/** A bus rule hands over the whole EventBridge event. */
export const Delivered = z.discriminatedUnion("detail-type", [
  z.object({ "detail-type": z.literal(OutcomeRecorded.name), detail: OutcomeRecorded.schema }),
  z.object({ "detail-type": z.literal(ExperimentRecorded.name), detail: ExperimentRecorded.schema }),
  z.object({ "detail-type": z.literal(DecisionRecorded.name), detail: DecisionRecorded.schema }),
  z.object({ "detail-type": z.literal(OutcomeCounted.name), detail: OutcomeCounted.schema }),
]);
