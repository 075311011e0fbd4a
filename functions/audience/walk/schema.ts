import * as z from "zod/mini";
import { JobTurn } from "#events/job-turn.ts";
import { OutcomeCounted } from "#events/outcome-counted.ts";
import { OutcomeRecorded } from "#events/outcome-recorded.ts";

/** A bus rule hands over the whole EventBridge event. */
export const Delivered = z.discriminatedUnion("detail-type", [
  z.object({ "detail-type": z.literal(JobTurn.name), detail: JobTurn.schema }),
  z.object({ "detail-type": z.literal(OutcomeRecorded.name), detail: OutcomeRecorded.schema }),
  z.object({ "detail-type": z.literal(OutcomeCounted.name), detail: OutcomeCounted.schema }),
]);
