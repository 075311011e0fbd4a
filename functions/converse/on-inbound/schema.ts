import * as z from "zod/mini";
import { ConversationDue } from "#events/conversation-due.ts";
import { MessageReceived } from "#events/message-received.ts";
import { SnoozeOver } from "#events/snooze-over.ts";

/** A bus rule hands over the whole EventBridge event. */
export const Delivered = z.discriminatedUnion("detail-type", [
  z.object({ "detail-type": z.literal(MessageReceived.name), detail: MessageReceived.schema }),
  z.object({ "detail-type": z.literal(SnoozeOver.name), detail: SnoozeOver.schema }),
  z.object({ "detail-type": z.literal(ConversationDue.name), detail: ConversationDue.schema }),
]);
