import { claimed, mayClaim, moveTo } from "#domain/message/status.ts";
import type { Message } from "#domain/records/message.ts";
import type { MessageReader, MessageStore, OverdueMessages } from "#ports/message-store.ts";

/** Messages in a map, which the twin of the decision store writes and tests may look into. */
export const memoryMessageStore = (messages: Map<string, Message> = new Map()): MessageStore => {
  return {
    get: async (messageId) => messages.get(messageId) ?? null,
    claim: async (messageId, claim) => {
      const stored = messages.get(messageId);
      if (stored === undefined) return { result: "missing" };
      if (!mayClaim(stored, claim)) return { result: "taken", message: stored };
      const message = claimed(stored, claim);
      messages.set(messageId, message);
      return { result: "claimed", message };
    },
    record: async (messageId, move) => {
      const stored = messages.get(messageId);
      if (stored === undefined) return null;
      const moved = moveTo(stored, move) ?? stored;
      messages.set(messageId, moved);
      return moved;
    },
  };
};

/** The same messages for those who show several. */
export const memoryMessageReader = (messages: ReadonlyMap<string, Message>): MessageReader => ({
  getMany: async (messageIds) => messageIds.flatMap((id) => messages.get(id) ?? []),
});

/** The same messages as the sweep sees them. */
export const memoryOverdueMessages = (messages: Map<string, Message>): OverdueMessages => ({
  find: async (now) =>
    [...messages.values()].filter(({ sweepAt }) => sweepAt !== undefined && sweepAt <= now),
  postpone: async ({ messageId, sweepAt: seen }, sweepAt) => {
    const stored = messages.get(messageId);
    if (stored === undefined || stored.sweepAt !== seen) return;
    const { sweepAt: _before, ...others } = stored;
    messages.set(messageId, sweepAt === null ? others : { ...others, sweepAt });
  },
});
