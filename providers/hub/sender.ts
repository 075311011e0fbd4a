import type { ChatText } from "#channels/chat/message.ts";
import type { ProviderSender } from "#ports/provider.ts";

const TRY_AGAIN_MS = 1_000;

/**
 * The hub carries it itself: it lies in the chat from then on, and whoever looks there has it. The same message is put there
 * once, so that trying again is always safe.
 */
export const chat: ProviderSender<ChatText> = {
  settings: [],
  connect: ({ chats, now }) => {
    if (chats === undefined) throw new Error("this worker has no chats");
    return {
      send: async ({ to, text }, { messageId }) => {
        const at = new Date(now()).toISOString();
        try {
          await chats.add(to, { messageId, direction: "out", text, at });
          return { result: "accepted", providerMessageId: messageId };
        } catch {
          return { result: "later", reason: "unavailable", retryAfterMs: TRY_AGAIN_MS };
        }
      },
    };
  },
};
