import * as z from "zod/mini";

/** A customer wrote to us, and what they wrote has its number: a hint to whoever answers. Ids only, no personal data. */
export const MessageReceived = {
  name: "message.received",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    customerId: z.string(),
    /** The customer's messages are numbered as they are applied: 1, 2, 3... */
    number: z.number(),
    /** The id of the event, which is in history before this is told. */
    messageId: z.string(),
    /** The conversation that the profile knows of: the one that it most likely joins. */
    conversationId: z.exactOptional(z.string()),
  }),
  example: { v: 1, customerId: "cus_01hzx", number: 3, messageId: "evt_7be1", conversationId: "cnv_2m4x" },
} as const;
export type MessageReceived = z.infer<typeof MessageReceived.schema>;
