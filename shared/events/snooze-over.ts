import * as z from "zod/mini";

/** The time that a conversation was to sleep may be over: whoever hears of it looks. Ids only, no personal data. */
export const SnoozeOver = {
  name: "conversation.snooze-over",
  version: 1,
  schema: z.object({
    v: z.literal(1),
    /** The conversation. */
    conversationId: z.string(),
  }),
  example: { v: 1, conversationId: "cnv_5f0c8a" },
} as const;
export type SnoozeOver = z.infer<typeof SnoozeOver.schema>;
