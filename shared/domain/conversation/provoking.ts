import { DAY_MS } from "#kernel/time.ts";
import type { ConversationHead } from "../records/conversation.ts";
import type { Message, MessageStatus } from "../records/message.ts";
import type { Joining } from "./thread.ts";

/** So long after a message of ours what a customer writes may still be about it. */
export const PROVOKES_FOR_MS = 7 * DAY_MS;
/** So many messages of ours join at once: past that the oldest stay on the timeline alone. */
const MOST = 10;

const isNamed = ({ messageId, providerMessageId }: Message, { inReplyTo }: Joining): boolean =>
  inReplyTo !== undefined && (inReplyTo === messageId || inReplyTo === providerMessageId);

/** The customer may have it; nobody knows whether they read it. */
const LEFT: readonly MessageStatus[] = ["sent", "delivered", "read", "uncertain"];
const hasLeft = ({ status }: Message): boolean => LEFT.includes(status);

/**
 * Which messages of ours stand in the thread before what the customer wrote. One that goes on: those that left since they
 * wrote last. One that begins: what they name, else the last on the channel that they write on. Oldest first.
 * @param head the conversation that goes on; null: one begins
 * @param sent messages to the customer, whose answers are in no thread yet
 */
export const provoking = (
  head: ConversationHead | null,
  sent: readonly Message[],
  first: Joining,
): readonly Message[] => {
  const left = sent
    .filter((message) => hasLeft(message) && message.conversationId !== head?.conversationId)
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  if (head !== null) {
    const since = head.heardAt ?? head.openedAt;
    return left.filter(({ createdAt }) => createdAt > since).slice(-MOST);
  }
  // What is named came first, whatever the clock of the customer's mail program says.
  const named = left.find((message) => isNamed(message, first));
  const earlier = left.filter(({ createdAt }) => createdAt <= first.at);
  const last = named ?? earlier.findLast(({ channel }) => channel === first.channel);
  return last === undefined ? [] : [last];
};
