import * as z from "zod/mini";

/** A customer's conversation lets through what it held back: it is decided anew. Ids only, no personal data. */
export const DecisionReleased = {
  name: "decision.released",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    customerId: z.string(),
    /** The decision in which something was held. */
    decisionId: z.string(),
    /** Until when it is worth deciding anew. */
    until: z.string(),
  }),
  example: {
    v: 1,
    customerId: "cus_01hzx",
    decisionId: "dec_5f0c8a",
    until: "2026-11-24T10:00:00.000Z",
  },
} as const;
export type DecisionReleased = z.infer<typeof DecisionReleased.schema>;
