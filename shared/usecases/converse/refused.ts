import { RapportError } from "#kernel/errors.ts";
import type { ConversationStore } from "#ports/conversation-store.ts";
import type { Changed } from "./change.ts";

/** So many of the messages that came since are told. */
const MOST_TOLD = 30;

/** What whoever changes a conversation is told where it was not changed: who has it, or what came since they looked. */
export const movedSince = async (
  { conversations }: { readonly conversations: Pick<ConversationStore, "messages"> },
  changed: Extract<Changed, { result: "refused" }>,
): Promise<RapportError> => {
  const { refusal, head } = changed;
  switch (refusal.reason) {
    case "claimed":
      return new RapportError("claimed", `${refusal.by} has it`, { extra: { assignee: refusal.by } });
    case "moved": {
      const { since } = refusal;
      const messages =
        since === undefined
          ? []
          : await conversations.messages(head.conversationId, { after: since, limit: MOST_TOLD });
      return new RapportError("conversation_moved", "it is not as it was when you looked", {
        extra: { lastSeq: head.lastSeq, version: head.version, messages },
      });
    }
    case "not-bots":
      return new RapportError("conversation_moved", "a person has taken it");
  }
};
