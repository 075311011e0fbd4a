import { SYSTEM } from "#domain/conversation/act.ts";
import { breachedEvent } from "#domain/conversation/told.ts";
import type { ConversationDue } from "#events/conversation-due.ts";
import { changeConversation } from "./change.ts";
import type { ChangeDependencies } from "./dependencies.ts";

/**
 * Tells of a customer who was not answered in time: in the thread, and as an event of theirs, which triggers may listen to.
 * Told again, it is told once; one who was answered, or is due later by now, is left alone.
 */
export const breach = async (
  deps: ChangeDependencies,
  { conversationId, dueAt }: ConversationDue,
): Promise<void> => {
  const read = await deps.conversations.get(conversationId);
  if (read === null) return;
  const input = { kind: "act", by: SYSTEM, deed: { what: "breach", dueAt } } as const;
  const { head } = await changeConversation(deps, conversationId, input, read);
  if (head.breached === dueAt) await deps.inbox.send([breachedEvent(head, dueAt)]);
};
