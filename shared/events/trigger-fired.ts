import * as z from "zod/mini";

/** A customer's event matched a trigger: a decision is due at the trigger's placement. Ids only, no personal data. */
export const TriggerFired = {
  name: "trigger.fired",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    /** Deterministic: hash of (event id, trigger). */
    id: z.string(),
    customerId: z.string(),
    trigger: z.string(),
    placement: z.string(),
    eventId: z.string(),
    /** Time of the triggering event. */
    eventAt: z.string(),
    depth: z.number(),
    /** Present when the trigger waited: its timer, so that a call-off that raced the timer is noticed. */
    timerId: z.optional(z.string()),
    /** Present when a journey asks, whose name `trigger` is: which run and step of it, and whether that waits to hear what came of it. */
    run: z.exactOptional(
      z.object({
        runId: z.string(),
        entryId: z.string(),
        stepId: z.string(),
        isAwaited: z.boolean(),
        /** What could leave only after quiet hours is not said. */
        skipsQuiet: z.boolean(),
      }),
    ),
    /** Present when a public key's consent is to be confirmed: the channel it is for, `*` for any. No trigger fired then. */
    channel: z.optional(z.string()),
    /** Present when a message may have brought no report of its delivery: another channel takes over. No trigger fired then. */
    insteadOf: z.exactOptional(z.string()),
    /** Present when a customer wrote a word that the law knows, on that channel: it is answered. No trigger fired then. */
    keyword: z.optional(z.enum(["stop", "start", "help"])),
  }),
  example: {
    v: 1,
    id: "trg_5f0c8a",
    customerId: "cus_01hzx",
    trigger: "cart-abandoned",
    placement: "trigger.cart-abandoned",
    eventId: "evt_7be1",
    eventAt: "2026-11-21T10:00:00.000Z",
    depth: 0,
  },
} as const;
export type TriggerFired = z.infer<typeof TriggerFired.schema>;
