import * as z from "zod/mini";

/** A system outside is to be told of a customer's event (`webhooks.yaml`). Ids and names only: what leaves is read when it does. */
export const WebhookDue = {
  name: "webhook.due",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    /** Deterministic: hash of (event id, webhook). The receiver sees it as `webhook-id`. */
    id: z.string(),
    webhook: z.string(),
    /** Place of the entry of `events` that asked for it. */
    entry: z.int(),
    customerId: z.string(),
    eventId: z.string(),
    event: z.string(),
    /** When it happened, ISO-8601 UTC. */
    eventAt: z.string(),
    /** Rises with every writing of the customer: a receiver that hears of two may put them in order. */
    sequence: z.int(),
    /** When it was first to be told. */
    since: z.string(),
    /** Who answers at once is called on one lane, who is slow or does not answer on another. */
    lane: z.enum(["prompt", "patient"]),
    /** Calls that were made before, or left out because nobody answers there. */
    attempt: z.int(),
  }),
  example: {
    v: 1,
    id: "whk_5f0c8a",
    webhook: "order-system",
    entry: 0,
    customerId: "cus_01hzx",
    eventId: "evt_7be1",
    event: "Order Completed",
    eventAt: "2026-11-21T10:00:00.000Z",
    sequence: 12,
    since: "2026-11-21T10:00:01.000Z",
    lane: "prompt",
    attempt: 0,
  },
} as const;
export type WebhookDue = z.infer<typeof WebhookDue.schema>;
