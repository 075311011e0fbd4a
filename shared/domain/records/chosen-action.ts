import * as z from "zod/mini";
import { isObject, type JsonObject } from "#kernel/json.ts";

/** The factors of a score; `score` = (propensity + bonus) x value x contextWeight x lever. */
export const Score = z.object({
  score: z.number(),
  /** Expected probability of success. */
  propensity: z.number(),
  /** Added to the propensity when choosing, so that uncertain actions are tried; absent: 0. */
  bonus: z.exactOptional(z.number()),
  /** Value to us and value to the customer, blended. */
  value: z.number(),
  contextWeight: z.number(),
  lever: z.number(),
});
export type Score = Readonly<z.output<typeof Score>>;

/** One action of an answer, as it is recorded and as clients get it. */
export const ChosenAction = z.object({
  action: z.string(),
  treatment: z.string(),
  channel: z.exactOptional(z.string()),
  content: z.exactOptional(z.custom<JsonObject>(isObject)),
  rank: z.int(),
  ...Score.shape,
  contextWeight: z.exactOptional(z.number()),
  lever: z.exactOptional(z.number()),
  reasons: z.array(z.string()),
  /** Exact probability with which this choice was made, given the recorded state. */
  probability: z.number(),
  /** The random number in [0, 1) that picked the treatment, when there was something to pick. */
  draw: z.exactOptional(z.number()),
  /** The random number in [0, 1) that picked the action among the best, when exploring. */
  pick: z.exactOptional(z.number()),
  /** Until when a unit of a limited offer is held for the customer. */
  heldUntil: z.exactOptional(z.string()),
  /** Not before (quiet hours, best hour). */
  sendAt: z.exactOptional(z.string()),
});
export type ChosenAction = Readonly<Omit<z.output<typeof ChosenAction>, "reasons">> & {
  readonly reasons: readonly string[];
};
