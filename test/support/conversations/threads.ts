import { dynamoConversationStore } from "#adapters/dynamodb/conversations/conversation-store.ts";
import { dynamoTimers } from "#adapters/dynamodb/timers/timers.ts";
import type { Thread } from "#domain/conversation/thread.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import type { ConversationStore } from "#ports/conversation-store.ts";
import type { TimerRef } from "#ports/timers.ts";
import { at, received, threadAfter, written } from "../../domain/conversation/people.ts";
import type { DynamoEngine } from "../aws/dynamo-engine.ts";

export const NOW = at(0).now;

/** The store over an engine. @param handedOver gets the ids of timers that are due at once */
export const conversationsIn = ({ client }: DynamoEngine, handedOver: string[] = []): ConversationStore => {
  const due = {
    send: async (refs: readonly TimerRef[]) => void handedOver.push(...refs.map(({ id }) => id)),
  };
  const timers = dynamoTimers({ client, table: "timers", due, clock: { now: () => NOW } });
  return dynamoConversationStore({ client, table: "conversations", timers });
};

/** A thread as it is written after it was read. */
export const next = ({ head, messages }: Thread): Thread => ({
  head: { ...head, version: head.version + 1 },
  messages,
});

let people = 0;
/** The first message of somebody new, so many minutes later. */
export const opening = (minutes = 0, members: Partial<ConversationHead> = {}): Thread => {
  people += 1;
  const customerId = `cus_${people}`;
  const input = { ...received(written(`hello${people}`, minutes)), customerId };
  const { head, messages } = threadAfter(null, input, at(minutes));
  return next({ head: { ...head, ...members }, messages });
};
