import * as z from "zod/mini";
import { OutcomeRecorded } from "../../../shared/events/outcome-recorded.ts";

/** A bus rule hands over the whole EventBridge event. */
export const Delivered = z.object({ detail: OutcomeRecorded.schema });
