import * as z from "zod/mini";

/** A customer saw what was decided, or something came of it: what the models learn from. Ids only, no personal data. */
export const OutcomeRecorded = {
  name: "outcome.recorded",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    /** The event behind it; for an answer that was shown, the decision. */
    eventId: z.string(),
    decisionId: z.string(),
    action: z.string(),
    /** `sent`, `shown`, `clicked`, `converted`, or the name of a conversion event. */
    outcome: z.string(),
    /** What it was worth, for the reports: as reported, or the `revenue` of a conversion event. */
    value: z.exactOptional(z.number()),
    /** When it happened, ISO-8601 UTC. */
    at: z.string(),
    /** Whose word it is, where it is anybody's: by a public key. */
    standing: z.optional(z.literal("public")),
  }),
  example: {
    v: 1,
    eventId: "evt_7be1",
    decisionId: "dec_5f0c8a",
    action: "cart-reminder",
    outcome: "clicked",
    at: "2026-11-21T10:00:00.000Z",
  },
} as const;
export type OutcomeRecorded = z.infer<typeof OutcomeRecorded.schema>;
