import { ConversationDue } from "#events/conversation-due.ts";
import { hashId } from "#kernel/hash.ts";
import type { ConversationHead } from "../records/conversation.ts";
import type { Timer } from "../records/effects.ts";

/** The timer to set for a conversation that is due at another time than before; none where it is not. */
export const dueTimers = (
  before: Pick<ConversationHead, "dueAt"> | null,
  { conversationId, dueAt }: ConversationHead,
): readonly Timer[] => {
  if (dueAt === undefined || dueAt === before?.dueAt) return [];
  const id = hashId("tmr", conversationId, "due", dueAt);
  const detail = { v: ConversationDue.version, conversationId, dueAt };
  return [{ id, due: dueAt, event: { id, name: ConversationDue.name, detail } }];
};
