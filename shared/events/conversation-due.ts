import * as z from "zod/mini";

/** A customer was to be answered by now: whoever looks after it sees whether they were. Ids only, no personal data. */
export const ConversationDue = {
  name: "conversation.due",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    conversationId: z.string(),
    /** By when they were to be answered; a conversation that is due at another time by now is left alone. */
    dueAt: z.string(),
  }),
  example: { v: 1, conversationId: "cnv_2m4x", dueAt: "2026-11-30T13:00:00.000Z" },
} as const;
export type ConversationDue = z.infer<typeof ConversationDue.schema>;
