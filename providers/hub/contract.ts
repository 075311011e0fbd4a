import { EXAMPLE } from "#channels/chat/message.ts";
import type { ProviderContract } from "#ports/provider-contract.ts";

/** It speaks with nobody: what it is asked to send lies in the hub's own chats. */
export const contract: ProviderContract = {
  sending: {
    chat: {
      speaks: "nothing",
      settings: () => ({}),
      rights: { "tables/chats": "dynamodb:GetItem, dynamodb:PutItem" },
      message: EXAMPLE,
      request: { path: "", body: {} },
      accepted: [],
      refused: [],
      senderAtFault: [],
      throttled: [],
      outage: [],
      unknown: [],
    },
  },
  reports: [],
};
