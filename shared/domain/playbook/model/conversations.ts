import { DAY_MS } from "#kernel/time.ts";
import type { BusinessHours } from "../../calendar/business-hours.ts";

/** How a company answers, as a playbook declares it. */
export type ConversationPolicy = {
  /** A customer who writes so soon after the end goes on with the same conversation (milliseconds). */
  readonly reopenWithinMs: number;
  /** Working time within which a customer is to be answered. Absent: nothing is promised. */
  readonly answerWithinMs?: number;
  /** Absent: people answer at any time. */
  readonly hours?: BusinessHours;
};

/** Where a playbook says nothing. */
export const USUAL_CONVERSATIONS: ConversationPolicy = { reopenWithinMs: 3 * DAY_MS };
