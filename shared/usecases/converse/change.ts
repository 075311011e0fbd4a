import { type ConverseInput, converse } from "#domain/conversation/converse.ts";
import { dueTimers } from "#domain/conversation/due-timer.ts";
import type { Refusal } from "#domain/conversation/thread.ts";
import { changedEvent, differs } from "#domain/conversation/told.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import { RapportError } from "#kernel/errors.ts";
import { backoff, CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { ChangeDependencies } from "./dependencies.ts";

/** What came of a change, and how the conversation was `before`. `exists`: what was to join has joined before. */
export type Changed =
  | { readonly result: "done"; readonly head: ConversationHead; readonly before: ConversationHead }
  | { readonly result: "exists"; readonly head: ConversationHead }
  | { readonly result: "refused"; readonly refusal: Refusal; readonly head: ConversationHead };

const MAX_TRIES = 12;
const PAUSE_MS = { first: 5, most: 200 };

/** Whoever tells the profile first has the last word: it is told again with every change that rules can see. */
export const tellProfile = async (
  { inbox }: Pick<ChangeDependencies, "inbox">,
  before: ConversationHead,
  after: ConversationHead,
): Promise<void> => {
  if (differs(before, after)) await inbox.send([changedEvent(after)]);
};

/** The conversation. Throws `not_found` where there is none. */
export const findConversation = async (
  { conversations }: Pick<ChangeDependencies, "conversations">,
  conversationId: string,
): Promise<ConversationHead> => {
  const head = await conversations.get(conversationId);
  if (head !== null) return head;
  throw new RapportError("not_found", "there is no conversation of that id");
};

/**
 * Changes a conversation by what happens to it: read, worked out, and written on the condition that nobody wrote in between;
 * else from a fresh read. So of fifty who claim one at once, one has it, and the others learn who.
 * @param read the head, where it has just been read
 */
export const changeConversation = (
  deps: ChangeDependencies,
  conversationId: string,
  input: ConverseInput,
  read?: ConversationHead,
): Promise<Changed> =>
  retryConflicts<Changed>(
    {
      tries: MAX_TRIES,
      message: "the conversation changed at the same time, too often",
      between: (tries) => deps.pause(backoff(tries, PAUSE_MS.first, PAUSE_MS.most)),
    },
    async (attempt) => {
      const head = attempt === 0 && read !== undefined ? read : await findConversation(deps, conversationId);
      const setting = { policy: await deps.policy(), now: deps.clock.now() };
      const outcome = converse(head, input, setting);
      if (!outcome.done) return { result: "refused", refusal: outcome.refusal, head };
      if (outcome.head === head) return { result: "done", head, before: head };
      const next = { ...outcome.head, version: head.version + 1 };
      const saved = await deps.conversations.save({
        threads: [{ head: next, messages: outcome.messages }],
        timers: dueTimers(head, next),
      });
      if (saved === "conflict") return CONFLICT;
      if (saved === "exists") return { result: "exists", head };
      await tellProfile(deps, head, next);
      return { result: "done", head: next, before: head };
    },
  );
