import { joinedOnce, PLACE, placeOf, placeOfDue, placeOfOpening } from "#domain/conversation/places.ts";
import type { ConversationHead, Stream, ThreadMessage } from "#domain/records/conversation.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type {
  ConversationPage,
  ConversationStore,
  ConversationWrite,
  Page,
} from "#ports/conversation-store.ts";
import type { Timers } from "#ports/timers.ts";

/** What a memory store keeps: tests may look into it. */
export type KeptConversations = {
  readonly heads: Map<string, ConversationHead>;
  readonly threads: Map<string, readonly ThreadMessage[]>;
  readonly streams: Map<string, Stream>;
};

export const noConversations = (): KeptConversations => ({
  heads: new Map(),
  threads: new Map(),
  streams: new Map(),
});

const pageOf = (
  heads: readonly ConversationHead[],
  { limit, cursor }: Page,
  place: (head: ConversationHead) => string,
  newestFirst: boolean,
): ConversationPage => {
  const isBefore = (a: string, b: string): boolean => (newestFirst ? a > b : a < b);
  const after = cursor === undefined ? null : fromCursor(cursor, PLACE);
  const all = heads
    .filter((head) => after === null || isBefore(after, place(head)))
    .toSorted((a, b) => (isBefore(place(a), place(b)) ? -1 : 1));
  const items = all.slice(0, limit);
  const last = items.at(-1);
  return { items, cursor: all.length > limit && last !== undefined ? toCursor(place(last)) : null };
};

/** Writes all of it, or nothing. */
export const saveIn = (
  { heads, threads, streams }: KeptConversations,
  write: ConversationWrite,
): "saved" | "conflict" | "exists" => {
  const isThere = write.threads.some(({ head, messages }) => {
    const thread = threads.get(head.conversationId) ?? [];
    return messages.some(
      (message) => joinedOnce(message) && thread.some(({ messageId }) => messageId === message.messageId),
    );
  });
  if (isThere) return "exists";
  const isMoved =
    write.threads.some(({ head }) => (heads.get(head.conversationId)?.version ?? 0) !== head.version - 1) ||
    (write.streams ?? []).some(
      (stream) => (streams.get(stream.customerId)?.version ?? 0) !== stream.version - 1,
    );
  if (isMoved) return "conflict";
  for (const { head, messages } of write.threads) {
    heads.set(head.conversationId, head);
    threads.set(head.conversationId, [...(threads.get(head.conversationId) ?? []), ...messages]);
  }
  for (const stream of write.streams ?? []) streams.set(stream.customerId, stream);
  return "saved";
};

/** Conversations in maps. @param timers where timers that come with a write are set, before it is made */
export const memoryConversationStore = (
  kept: KeptConversations = noConversations(),
  timers: Pick<Timers, "set"> = { set: async () => {} },
): ConversationStore => ({
  get: async (conversationId) => kept.heads.get(conversationId) ?? null,
  streams: async (customerIds) => customerIds.flatMap((id) => kept.streams.get(id) ?? []),
  save: async (write) => {
    await timers.set(write.timers ?? []);
    return saveIn(kept, write);
  },
  messages: async (conversationId, { limit, after }) => {
    const thread = kept.threads.get(conversationId) ?? [];
    if (after === undefined) return thread.slice(-limit);
    return thread.filter(({ seq }) => seq > after).slice(0, limit);
  },
  list: async ({ states, assignee, team, channel, sort }, page) => {
    const isWanted = (head: ConversationHead): boolean =>
      states.includes(head.state) &&
      (assignee === undefined || head.assignee === assignee) &&
      (team === undefined || head.team === team) &&
      (channel === undefined || head.channel === channel);
    const heads = [...kept.heads.values()].filter(isWanted);
    return pageOf(heads, page, sort === "due" ? placeOfDue : placeOf, sort === "newest");
  },
  ofCustomers: async (customerIds, page) =>
    pageOf(
      [...kept.heads.values()].filter(({ customerId }) => customerIds.includes(customerId)),
      page,
      placeOfOpening,
      true,
    ),
});
