import * as z from "zod/mini";

/**
 * Decisions that were recorded, or are about to be: for the reports. Told before the record where nobody would come again
 * to tell it, so that none goes uncounted; whoever hears of it looks whether there is a record. Ids only.
 */
export const DecisionRecorded = {
  name: "decision.recorded",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    /** Written together: all of them are recorded, or none. */
    decisionIds: z.array(z.string()),
    /** When it was told, ISO-8601 UTC. */
    at: z.string(),
  }),
  example: { v: 1, decisionIds: ["dec_5f0c8a"], at: "2026-11-21T10:00:00.000Z" },
} as const;
export type DecisionRecorded = z.infer<typeof DecisionRecorded.schema>;
