import * as z from "zod/mini";

/**
 * Something came of what was decided that no model learns from: for the reports alone. What models learn from is told as
 * `outcome.recorded`, and counted as well. Ids and names only, no personal data.
 */
export const OutcomeCounted = {
  name: "outcome.counted",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    /** The event behind it, or what stands for it where there is none. */
    eventId: z.string(),
    decisionId: z.string(),
    /** Absent: the one action of the decision. */
    action: z.exactOptional(z.string()),
    /** `sent`, `delivered`, `opened`, `failed`, `rejected`, or any other name. */
    outcome: z.string(),
    /** Why a message was rejected when it was to be sent. */
    reason: z.exactOptional(z.string()),
    /** What it was worth, in the unit of the playbook's values. */
    value: z.exactOptional(z.number()),
    /** When it happened, ISO-8601 UTC. */
    at: z.string(),
  }),
  example: {
    v: 1,
    eventId: "evt_7be1",
    decisionId: "dec_5f0c8a",
    action: "order-confirmation",
    outcome: "delivered",
    at: "2026-11-21T10:00:00.000Z",
  },
} as const;
export type OutcomeCounted = z.infer<typeof OutcomeCounted.schema>;
