import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  type PutItemCommandInput,
} from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";

/** An item, or some of its attributes, as the service has it. */
export type Item = Record<string, AttributeValue>;
/** The table of a store that has one. */
export type Table = { readonly client: DynamoDBClient; readonly table: string };
/** The tables of stores that need both. */
export type Tables = {
  readonly client: DynamoDBClient;
  readonly customersTable: string;
  readonly historyTable: string;
};

/** Values as attributes of an item; what is undefined is left out. */
export const attributes = (values: Readonly<Record<string, unknown>>): Item =>
  marshall(values, { removeUndefinedValues: true });

/** The key of an item, in tables with a sort key and without. */
export const keyOf = (pk: string, sk?: string): Item => attributes({ pk, sk });

/** One item as the last write left it. */
export const getItem = async ({ client, table }: Table, key: Item): Promise<Item | undefined> => {
  const { Item: item } = await client.send(
    new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }),
  );
  return item;
};

/** Puts an item on condition that the stored version is still `before`; 0: that there is none. */
export const putOver = (table: string, item: Item, before: number): PutItemCommandInput => ({
  TableName: table,
  Item: item,
  ...(before === 0
    ? { ConditionExpression: "attribute_not_exists(pk)" }
    : {
        ConditionExpression: "#version = :before",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: attributes({ ":before": before }),
      }),
});

/** Puts an item on condition that there is none. */
export const putNew = (table: string, item: Item): PutItemCommandInput => putOver(table, item, 0);
