import type { Conversation, ThreadMessage } from "#client/api.generated.ts";

const PAGE = 50;

/** Messages by their place, each once, as it was told last. */
const inOrder = (messages: readonly ThreadMessage[]): readonly ThreadMessage[] =>
  [...new Map(messages.map((message) => [message.seq, message])).values()].toSorted(
    (one, other) => one.seq - other.seq,
  );

/**
 * A conversation as it is told now, with what was read of its thread before. Where more came in between than was told, only
 * what is whole stays: the rest is read again when somebody goes back to it.
 */
export const withEarlier = (before: Conversation | undefined, now: Conversation): Conversation => {
  const first = now.messages[0]?.seq ?? 0;
  const earlier = (before?.messages ?? []).filter(({ seq }) => seq < first);
  return earlier.at(-1)?.seq === first - 1 ? { ...now, messages: [...earlier, ...now.messages] } : now;
};

/** Where the page before what is there is asked for. Null: the thread is there from its beginning. */
export const pageBefore = ({
  messages,
}: Pick<Conversation, "messages">): { readonly after: number; readonly limit: number } | null => {
  const before = (messages[0]?.seq ?? 1) - 1;
  if (before <= 0) return null;
  const after = Math.max(0, before - PAGE);
  return { after, limit: before - after };
};

export const withPage = (conversation: Conversation, page: readonly ThreadMessage[]): Conversation => ({
  ...conversation,
  messages: inOrder([...page, ...conversation.messages]),
});

/** What moves whose turn it is: what came and what left. */
export const isTurn = ({ direction }: ThreadMessage): boolean => direction === "in" || direction === "out";

/** What others wrote after that place: the customer, a colleague, the hub. */
export const writtenAfter = (
  messages: readonly ThreadMessage[],
  seq: number,
  me: string,
): readonly ThreadMessage[] =>
  messages.filter((message) => message.seq > seq && isTurn(message) && !isMine(message, me));

export const isMine = ({ direction, author }: ThreadMessage, me: string): boolean =>
  direction !== "in" && author.type === "agent" && author.name === me;

/** The place that an answer stands on: everything but what others wrote and its author has not had the time to read. */
export const standsOn = ({ messages, lastSeq }: Conversation, read: number, me: string): number => {
  const [unread] = writtenAfter(messages, read, me);
  return unread === undefined ? lastSeq : unread.seq - 1;
};
