import { QueryCommand } from "@aws-sdk/client-dynamodb";
import { numberId } from "#domain/conversation/received-number.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Person, ReceivedMessages } from "#ports/received-messages.ts";
import { fromHeadItem, fromStreamItem, headKey, streamKey } from "../conversations/conversation-items.ts";
import { stateKey } from "../customers/customer-items.ts";
import { fromMessageItem } from "../messages/message-item.ts";
import { batchGet, getItems } from "../requests/batches.ts";
import { INDEXES } from "../requests/indexes.ts";
import { attributes, type Item, keyOf, type Tables } from "../requests/items.ts";
import { fromFactItem } from "./history-items.ts";

/** A longer way from an absorbed customer than this is a loop, which no write can make. */
const MAX_HOPS = 16;
/** Facts of the timeline that are looked through. */
const FACTS = 50;

type AllTables = Tables & { readonly conversationsTable: string };

const who = async (
  { client, customersTable }: AllTables,
  customerId: CustomerId,
): Promise<Item | undefined> => {
  const found = await batchGet(client, { [customersTable]: whoIs(customerId) });
  return found[customersTable]?.[0];
};

const whoIs = (customerId: CustomerId) => ({
  Keys: [stateKey(customerId)],
  ProjectionExpression: "pk, sk, mergedInto, absorbed",
  ConsistentRead: true,
});

const personOf = async (
  tables: AllTables,
  customerId: CustomerId,
  first: Item | undefined,
): Promise<Person | null> => {
  let id = customerId;
  let item = first;
  for (let hops = 0; item?.mergedInto?.S !== undefined && hops < MAX_HOPS; hops += 1) {
    id = item.mergedInto.S;
    item = await who(tables, id);
  }
  return item === undefined ? null : { customerId: id, absorbed: item.absorbed?.SS ?? [] };
};

const readIn =
  (tables: AllTables): ReceivedMessages["read"] =>
  async ({ customerId, messageId, conversationId }) => {
    const { client, customersTable, historyTable, conversationsTable } = tables;
    const found = await batchGet(client, {
      [conversationsTable]: {
        Keys: [streamKey(customerId), ...(conversationId === undefined ? [] : [headKey(conversationId)])],
        ConsistentRead: true,
      },
      [customersTable]: whoIs(customerId),
      [historyTable]: { Keys: [keyOf(messageId)], ConsistentRead: true },
    });
    const conversing = found[conversationsTable] ?? [];
    const stream = conversing.find(({ pk }) => pk?.S === customerId);
    const head = conversing.find(({ pk }) => pk?.S === conversationId);
    const [message] = found[historyTable] ?? [];
    return {
      stream: stream === undefined ? null : fromStreamItem(stream),
      message: message === undefined ? null : fromFactItem(message),
      head: head === undefined ? null : fromHeadItem(head),
      person: await personOf(tables, customerId, found[customersTable]?.[0]),
    };
  };

/** First what leads from the numbers to messages, then those. */
const numberedIn =
  ({ client, historyTable: table }: AllTables): ReceivedMessages["numbered"] =>
  async (customerId, numbers) => {
    const history = { client, table };
    const leading = new Map(numbers.map((number) => [numberId(customerId, number), number]));
    const pointers = await getItems(
      history,
      [...leading.keys()].map((id) => keyOf(id)),
    );
    const numberOf = new Map(
      pointers.flatMap((item): [string, number][] => {
        const messageId = fromFactItem(item)?.body.messageId;
        const number = leading.get(item.pk?.S ?? "");
        return typeof messageId === "string" && number !== undefined ? [[messageId, number]] : [];
      }),
    );
    const items = await getItems(
      history,
      [...numberOf.keys()].map((id) => keyOf(id)),
    );
    return items.flatMap((item) => {
      const message = fromFactItem(item);
      const number = numberOf.get(item.pk?.S ?? "");
      return message === null || number === undefined ? [] : [{ number, message }];
    });
  };

const oneSentIn =
  ({ client, historyTable: table }: AllTables): ReceivedMessages["sent"] =>
  async (messageId) => {
    const [item] = await getItems({ client, table }, [keyOf(messageId)]);
    return item === undefined || item.kind?.S !== "message" ? null : fromMessageItem(item);
  };

const sentIn =
  ({ client, historyTable }: AllTables): ReceivedMessages["sentTo"] =>
  async (customerId, { from, until }) => {
    const { Items: items = [] } = await client.send(
      new QueryCommand({
        TableName: historyTable,
        IndexName: INDEXES.historyByCustomer,
        KeyConditionExpression: "customerId = :id AND #at BETWEEN :from AND :until",
        FilterExpression: "kind = :message",
        ExpressionAttributeNames: { "#at": "at" },
        ExpressionAttributeValues: attributes({
          ":id": customerId,
          ":from": from,
          ":until": `${until}#~`,
          ":message": "message",
        }),
        ScanIndexForward: false,
        Limit: FACTS,
      }),
    );
    return items.map(fromMessageItem);
  };

/** Across three tables: what was said, who says it by now, and how far their messages are taken. */
export const dynamoReceivedMessages = (tables: AllTables): ReceivedMessages => ({
  read: readIn(tables),
  numbered: numberedIn(tables),
  sent: oneSentIn(tables),
  sentTo: sentIn(tables),
});
