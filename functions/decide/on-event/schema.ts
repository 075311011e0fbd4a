import * as z from "zod/mini";
import { DecisionReleased } from "#events/decision-released.ts";
import { TriggerFired } from "#events/trigger-fired.ts";

/** A bus rule hands over the whole EventBridge event. */
export const Delivered = z.discriminatedUnion("detail-type", [
  z.object({ "detail-type": z.literal(TriggerFired.name), detail: TriggerFired.schema }),
  z.object({ "detail-type": z.literal(DecisionReleased.name), detail: DecisionReleased.schema }),
]);
