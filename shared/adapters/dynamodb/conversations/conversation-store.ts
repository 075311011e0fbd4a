import type { PutItemCommandInput } from "@aws-sdk/client-dynamodb";
import type { ThreadMessage } from "#domain/records/conversation.ts";
import type { ConversationStore, ConversationWrite } from "#ports/conversation-store.ts";
import { getItems } from "../requests/batches.ts";
import { attributes, getItem, putNew, putOver, type Table } from "../requests/items.ts";
import { queryPages } from "../requests/query-pages.ts";
import { putAll } from "../requests/transact.ts";
import type { DynamoTimers } from "../timers/timers.ts";
import {
  fromHeadItem,
  fromMessageItem,
  fromStreamItem,
  headKey,
  messageSk,
  streamKey,
  toHeadItem,
  toMessageItems,
  toStreamItem,
} from "./conversation-items.ts";
import { conversationLists } from "./conversation-lists.ts";

type Puts = {
  readonly once: readonly PutItemCommandInput[];
  readonly others: readonly PutItemCommandInput[];
};

/** What conversations put: first what must join once. */
export const conversationPuts = (table: string, { threads, streams = [] }: ConversationWrite): Puts => {
  const messages = threads.flatMap(({ head, messages: joined }) =>
    joined.map((message) => toMessageItems(head.conversationId, message)),
  );
  return {
    once: messages.flatMap(({ once }) => (once === null ? [] : [putNew(table, once)])),
    others: [
      ...threads.map(({ head }) => putOver(table, toHeadItem(head), head.version - 1)),
      ...streams.map((stream) => putOver(table, toStreamItem(stream), stream.version - 1)),
      ...messages.map(({ message }) => ({ TableName: table, Item: message })),
    ],
  };
};

const messagesOf =
  ({ client, table }: Table): ConversationStore["messages"] =>
  async (conversationId, { limit, after }) => {
    const found: ThreadMessage[] = [];
    const pages = queryPages(client, {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :from AND :to",
      ExpressionAttributeValues: attributes({
        ":pk": conversationId,
        ":from": messageSk((after ?? 0) + 1),
        ":to": messageSk(9_999_999_999),
      }),
      ConsistentRead: true,
      ScanIndexForward: after !== undefined,
      Limit: limit,
    });
    for await (const page of pages) {
      found.push(...page.map(fromMessageItem));
      if (found.length >= limit) break;
    }
    const some = found.slice(0, limit);
    return after === undefined ? some.toReversed() : some;
  };

/**
 * Conversations in a table of their own. What must join once is written first, so that meeting it again is told from a conflict.
 * Timers are set by the same write: neither is there without the other.
 */
export const dynamoConversationStore = (
  table: Table & { readonly timers: Pick<DynamoTimers, "join"> },
): ConversationStore => ({
  get: async (conversationId) => {
    const item = await getItem(table, headKey(conversationId));
    return item === undefined ? null : fromHeadItem(item);
  },
  streams: async (customerIds) => (await getItems(table, customerIds.map(streamKey))).map(fromStreamItem),
  save: async (write) => {
    const { once, others } = conversationPuts(table.table, write);
    const timers = await table.timers.join(write.timers ?? []);
    const failed = await putAll(table.client, [...once, ...others, ...timers.puts]);
    if (failed === null) {
      timers.written();
      return "saved";
    }
    return failed < once.length ? "exists" : "conflict";
  },
  messages: messagesOf(table),
  ...conversationLists(table),
});
