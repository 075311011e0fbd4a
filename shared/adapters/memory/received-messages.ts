import { numberId } from "#domain/conversation/received-number.ts";
import type { ConversationHead, Stream } from "#domain/records/conversation.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Message } from "#domain/records/message.ts";
import type { Person, ReceivedMessages } from "#ports/received-messages.ts";

/** What customers wrote, in the maps of the stores that keep it. */
export const memoryReceivedMessages = ({
  facts,
  states,
  streams,
  heads,
  messages,
}: {
  readonly facts: ReadonlyMap<string, HistoryItem>;
  readonly states: ReadonlyMap<CustomerId, CustomerState>;
  readonly streams: ReadonlyMap<string, Stream>;
  readonly heads: ReadonlyMap<string, ConversationHead>;
  readonly messages: ReadonlyMap<string, Message>;
}): ReceivedMessages => {
  const personOf = (customerId: CustomerId): Person | null => {
    let state = states.get(customerId);
    while (state?.mergedInto !== undefined) state = states.get(state.mergedInto);
    return state === undefined ? null : { customerId: state.customerId, absorbed: state.absorbed };
  };
  return {
    read: async ({ customerId, messageId, conversationId = "" }) => ({
      stream: streams.get(customerId) ?? null,
      person: personOf(customerId),
      message: facts.get(messageId) ?? null,
      head: heads.get(conversationId) ?? null,
    }),
    numbered: async (customerId, numbers) =>
      numbers.flatMap((number) => {
        const messageId = facts.get(numberId(customerId, number))?.body.messageId;
        const message = typeof messageId === "string" ? facts.get(messageId) : undefined;
        return message === undefined ? [] : [{ number, message }];
      }),
    sent: async (messageId) => messages.get(messageId) ?? null,
    sentTo: async (customerId, { from, until }) =>
      [...messages.values()].filter(
        (message) =>
          message.customerId === customerId && message.createdAt >= from && message.createdAt <= until,
      ),
  };
};
