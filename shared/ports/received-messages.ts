import type { ConversationHead, Stream } from "#domain/records/conversation.ts";
import type { HistoryItem } from "#domain/records/effects.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Message } from "#domain/records/message.ts";

/** Who a customer is by now: the survivor, and all whom they ever were. */
export type Person = { readonly customerId: CustomerId; readonly absorbed: readonly CustomerId[] };

/** All that is known of a message that was told of. Nulls: nothing is there. */
export type Told = {
  readonly stream: Stream | null;
  readonly person: Person | null;
  readonly message: HistoryItem | null;
  /** The conversation that was named with it. */
  readonly head: ConversationHead | null;
};

/** What customers wrote, for whoever puts it into threads. */
export type ReceivedMessages = {
  /** One request, where the customer was not merged into another. */
  readonly read: (told: {
    readonly customerId: CustomerId;
    readonly messageId: string;
    readonly conversationId?: string;
  }) => Promise<Told>;
  /** Messages by their numbers, those that are in history by now. Two requests for each hundred. */
  readonly numbered: (
    customerId: CustomerId,
    numbers: readonly number[],
  ) => Promise<readonly { readonly number: number; readonly message: HistoryItem }[]>;
  /** A message of ours, to whomever. One request. */
  readonly sent: (messageId: string) => Promise<Message | null>;
  /** Our last messages to the customer that were made within a time (ISO-8601), 50 facts of the timeline at most. One request. */
  readonly sentTo: (
    customerId: CustomerId,
    within: { readonly from: string; readonly until: string },
  ) => Promise<readonly Message[]>;
};
