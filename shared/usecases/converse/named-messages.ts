import type { Joining } from "#domain/conversation/thread.ts";
import type { Message } from "#domain/records/message.ts";
import type { ConversationStore } from "#ports/conversation-store.ts";
import type { Person, ReceivedMessages } from "#ports/received-messages.ts";

export type NamingDependencies = {
  readonly conversations: Pick<ConversationStore, "streams">;
  readonly received: Pick<ReceivedMessages, "sent">;
};

/** Messages of ours that are looked up because somebody names them, however many they name. */
const MOST_NAMED = 3;

/**
 * Messages of ours that are named, beside those that were sent lately. Only their own customer's stand before what they wrote;
 * somebody else's leads to that conversation, where our signature says that it was passed on.
 */
export const namedBy = async (
  { conversations, received }: NamingDependencies,
  { customerId, absorbed }: Person,
  lately: readonly Message[],
  messages: readonly Joining[],
): Promise<{ readonly own: readonly Message[]; readonly linked?: string }> => {
  const known = new Set(lately.flatMap(({ messageId, providerMessageId }) => [messageId, providerMessageId]));
  const names = messages.filter(
    ({ inReplyTo }) => inReplyTo?.startsWith("msg_") === true && !known.has(inReplyTo),
  );
  const found = await Promise.all(
    names.slice(-MOST_NAMED).map(async ({ inReplyTo = "", isSigned }) => ({
      isSigned,
      message: await received.sent(inReplyTo),
    })),
  );
  const isOwn = (message: Message): boolean =>
    message.customerId === customerId || absorbed.includes(message.customerId);
  const own = found.flatMap(({ message }) => (message !== null && isOwn(message) ? [message] : []));
  const other = found.find(({ message, isSigned }) => isSigned && message !== null && !isOwn(message));
  if (other?.message == null) return { own };
  const [stream] = await conversations.streams([other.message.customerId]);
  return { own, ...(stream?.current === undefined ? {} : { linked: stream.current }) };
};
