import * as z from "zod/mini";

/**
 * A customer came into an experiment (`assigned`), turned out to be the same person as others (`merged`), or did what may
 * be a goal. Ids and names only.
 */
export const ExperimentRecorded = {
  name: "experiment.recorded",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    eventId: z.string(),
    customerId: z.string(),
    playbook: z.string(),
    /** Experiments by name. */
    experiments: z.array(z.string()),
    /** Experiment -> variant, of a customer who came in. */
    variants: z.exactOptional(z.record(z.string(), z.string())),
    /** Customers who are part of this one now; of a merge, those it made part. */
    absorbed: z.exactOptional(z.array(z.string())),
    /** `assigned`, `merged`, or the name of the event. */
    fact: z.string(),
    /** ISO-8601 UTC. */
    at: z.string(),
  }),
  example: {
    v: 1,
    eventId: "evt_7be1",
    customerId: "cus_01hzx",
    playbook: "pb_5f0c8a",
    experiments: ["welcome subject"],
    fact: "Order Completed",
    at: "2026-11-21T10:00:00.000Z",
  },
} as const;
export type ExperimentRecorded = z.infer<typeof ExperimentRecorded.schema>;
