import { MessageReceived } from "#events/message-received.ts";
import { hashId } from "#kernel/hash.ts";
import { MESSAGE_RECEIVED } from "../playbook/model/known.ts";
import type { CustomerState } from "../records/customer.ts";
import type { DomainEvent, HistoryItem } from "../records/effects.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { CustomerId } from "../records/identity.ts";

/** What the customer's next message does to their profile, and what follows. */
type Numbered = {
  readonly state: CustomerState;
  readonly history: readonly HistoryItem[];
  readonly publish: readonly DomainEvent[];
};

/** A profile that no message changes. */
export const leftAlone = (state: CustomerState): Numbered => ({ state, history: [], publish: [] });

/** The id of the item that leads from a customer's number to its message. */
export const numberId = (customerId: CustomerId, number: number): string =>
  hashId("rcv", customerId, String(number));

/** Whether an event is a message that somebody is to answer. What is imported was answered elsewhere. */
export const isToBeAnswered = ({ name, imported, properties }: CollectedEvent): boolean =>
  name === MESSAGE_RECEIVED && !imported && typeof properties?.channel === "string";

/** Whether a word that a customer wrote is answered by the hub itself at once, as the law wants: nobody else need do so. */
export const isAnsweredByLaw = (keyword: unknown): boolean =>
  keyword === "stop" || keyword === "start" || keyword === "help";

/**
 * Gives a message that a customer wrote their next number, so that whoever answers takes all of them, in this order, however
 * the bus shuffles what it tells. `state`: the profile with the event applied.
 */
export const numberReceived = (state: CustomerState, event: CollectedEvent): Numbered => {
  if (!isToBeAnswered(event)) return leftAlone(state);
  const { customerId, received = 0, conversation } = state;
  const number = received + 1;
  return {
    state: { ...state, received: number },
    history: [
      {
        id: numberId(customerId, number),
        kind: "number",
        customerId,
        at: event.at,
        body: { messageId: event.id },
      },
    ],
    publish: [
      {
        id: hashId("hnt", event.id),
        name: MessageReceived.name,
        detail: {
          v: MessageReceived.version,
          customerId,
          number,
          messageId: event.id,
          ...(conversation?.conversationId === undefined
            ? {}
            : { conversationId: conversation.conversationId }),
        },
      },
    ],
  };
};
