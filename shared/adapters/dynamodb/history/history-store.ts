import { QueryCommand, type QueryCommandOutput } from "@aws-sdk/client-dynamodb";
import { TIMELINE_PLACE } from "#domain/profile/timeline.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type { HistoryStore } from "#ports/history-store.ts";
import { batchWrite } from "../requests/batches.ts";
import { INDEXES } from "../requests/indexes.ts";
import { attributes, getItem, type Item, keyOf, type Table } from "../requests/items.ts";
import { fromFactItem, toFactItem, toTimelineEntry } from "./history-items.ts";

/** Customers asked for at the same time; someone with many devices has many absorbed ids. */
const PARALLEL_QUERIES = 16;

const placeOf = (item: Item): string => item.at?.S ?? "";

/** A customer's newest facts, before a place in the timeline if one is given. */
const newest = async (
  { client, table }: Table,
  customerId: CustomerId,
  { limit, before }: { readonly limit: number; readonly before: string | null },
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let from: Item | undefined;
  // A page ends at 1 MB, which fewer events than asked for may fill.
  do {
    const answer: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: INDEXES.historyByCustomer,
        KeyConditionExpression: before === null ? "customerId = :id" : "customerId = :id AND #at < :before",
        ...(before === null ? {} : { ExpressionAttributeNames: { "#at": "at" } }),
        ExpressionAttributeValues: attributes({ ":id": customerId, ":before": before ?? undefined }),
        ScanIndexForward: false,
        Limit: limit - items.length,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    );
    items.push(...(answer.Items ?? []));
    from = answer.LastEvaluatedKey;
  } while (from !== undefined && items.length < limit);
  return items;
};

/** Facts in one table; the timeline is one Query of its index per customer id. */
export const dynamoHistoryStore = (table: Table): HistoryStore => ({
  put: (facts) =>
    batchWrite(
      table,
      facts.map((fact) => ({ PutRequest: { Item: toFactItem(fact) } })),
    ),
  get: async (id) => {
    const item = await getItem(table, keyOf(id));
    return item === undefined ? null : fromFactItem(item);
  },
  timeline: async (customerIds, { limit, cursor }) => {
    const before = cursor === undefined ? null : fromCursor(cursor, TIMELINE_PLACE);
    const items: Item[] = [];
    for (let start = 0; start < customerIds.length; start += PARALLEL_QUERIES) {
      const some = customerIds.slice(start, start + PARALLEL_QUERIES);
      const pages = await Promise.all(some.map((id) => newest(table, id, { limit: limit + 1, before })));
      items.push(...pages.flat());
    }
    items.sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(toTimelineEntry),
      cursor: items.length > limit && last !== undefined ? toCursor(placeOf(last)) : null,
    };
  },
});
