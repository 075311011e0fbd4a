import type { ConversationHead, ThreadMessage } from "../records/conversation.ts";

/** Where a conversation stands in the line of its state: by how long the customer waits, else by the last change; then by id. */
export const placeOf = ({ waitingSince, updatedAt, conversationId }: ConversationHead): string =>
  `${waitingSince ?? updatedAt}#${conversationId}`;

/** Where it stands by when it is due; what is not due at any time comes last, by how long it waits. */
export const placeOfDue = (head: ConversationHead): string =>
  head.dueAt === undefined ? `9999-${placeOf(head)}` : `${head.dueAt}#${head.conversationId}`;

/** Where it stands among those of its customer. */
export const placeOfOpening = ({ openedAt, conversationId }: ConversationHead): string =>
  `${openedAt}#${conversationId}`;

/** What a place of either list looks like. */
export const PLACE = /^\d{4}-[^#]+#\w+$/;

/**
 * Whether the thread itself must see to it that a message joins once: whoever writes one may ask again. What customers write
 * is numbered, and an activity belongs to the version of the head that it came with.
 */
export const joinedOnce = ({ direction }: Pick<ThreadMessage, "direction">): boolean =>
  direction === "out" || direction === "note";
