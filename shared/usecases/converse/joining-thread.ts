import { type ConverseInput, converse } from "#domain/conversation/converse.ts";
import type { Thread } from "#domain/conversation/thread.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import { findConversation, tellProfile } from "./change.ts";
import type { ChangeDependencies } from "./dependencies.ts";
import { movedSince } from "./refused.ts";

/**
 * The thread that an answer joins: as it was read, then, should somebody have written it meanwhile, read anew. `joins` throws
 * `conversation_moved` or `claimed` where it may not join any more.
 */
export const joiningThread = (deps: ChangeDependencies, read: ConversationHead, input: ConverseInput) => {
  let next: ConversationHead | undefined = read;
  let joined: { readonly before: ConversationHead; readonly after: ConversationHead } | undefined;
  return {
    joins: async (): Promise<Thread> => {
      const before = next ?? (await findConversation(deps, read.conversationId));
      next = undefined;
      const outcome = converse(before, input, { policy: await deps.policy(), now: deps.clock.now() });
      if (!outcome.done) throw await movedSince(deps, { ...outcome, result: "refused" });
      const after = { ...outcome.head, version: before.version + 1 };
      joined = { before, after };
      return { head: after, messages: outcome.messages };
    },
    /** The profile hears of it once the answer is on its way. */
    tell: async (): Promise<void> => {
      if (joined !== undefined) await tellProfile(deps, joined.before, joined.after);
    },
  };
};
