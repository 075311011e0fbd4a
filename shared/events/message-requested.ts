import * as z from "zod/mini";

/** A decision asks for a message: the channel's sender takes it from here. `channel` and `lane` route it. */
export const MessageRequested = {
  name: "message.requested",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    messageId: z.string(),
    customerId: z.string(),
    decisionId: z.string(),
    channel: z.string(),
    lane: z.enum(["transactional", "bulk"]),
    /** How many times the sender itself has put it off (throttling, quiet hours). */
    attempt: z.number(),
  }),
  example: {
    v: 1,
    messageId: "msg_01hzx",
    customerId: "cus_01hzx",
    decisionId: "dec_5f0c8a",
    channel: "email",
    lane: "bulk",
    attempt: 0,
  },
} as const;
export type MessageRequested = z.infer<typeof MessageRequested.schema>;
