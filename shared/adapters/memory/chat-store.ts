import type { ChatMessage } from "#domain/records/chat.ts";
import type { ChatHead, ChatStore } from "#ports/chat-store.ts";

const NEW: ChatHead = { lastSeq: 0, spokenFor: 0 };

export const memoryChatStore = (): ChatStore => {
  const chats = new Map<string, { readonly messages: ChatMessage[]; head: ChatHead }>();
  return {
    head: async (address) => chats.get(address)?.head ?? NEW,
    add: async (address, letter, { spokenFor } = {}) => {
      const chat = chats.get(address) ?? { messages: [], head: NEW };
      chats.set(address, chat);
      const known = chat.messages.find(({ messageId }) => messageId === letter.messageId);
      if (known !== undefined) return { seq: known.seq, isNew: false };
      const seq = chat.head.lastSeq + 1;
      chat.messages.push({ ...letter, seq });
      chat.head = { lastSeq: seq, spokenFor: spokenFor ?? chat.head.spokenFor };
      return { seq, isNew: true };
    },
    messages: async (address, { limit, after }) => {
      const all = chats.get(address)?.messages ?? [];
      return after === undefined ? all.slice(-limit) : all.filter(({ seq }) => seq > after).slice(0, limit);
    },
  };
};
