import { PutItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import type { KeyRegister, RegisteredKey } from "#ports/key-store.ts";
import { INDEXES } from "../requests/indexes.ts";
import { attributes, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import { transact } from "../requests/transact.ts";
import { fromKeyItem, liveKey, toKeyItem } from "./key-items.ts";

type ListKeys = (table: Table) => Promise<readonly RegisteredKey[]>;

/** By reading the whole table, as the command line may: no function has the right to. */
const scanKeys: ListKeys = async ({ client, table }) => {
  const keys: RegisteredKey[] = [];
  for await (const page of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
    keys.push(...(page.Items ?? []).map(fromKeyItem));
  }
  return keys;
};

const KINDS = ["write", "secret"] as const satisfies readonly RegisteredKey["kind"][];

/** By the index, which a new key is in a moment later. */
export const listKeysByKind: ListKeys = async ({ client, table }) => {
  const found = await Promise.all(
    KINDS.map((kind) =>
      queryAll(client, {
        TableName: table,
        IndexName: INDEXES.keysByKind,
        KeyConditionExpression: "#kind = :kind",
        ExpressionAttributeNames: { "#kind": "kind" },
        ExpressionAttributeValues: attributes({ ":kind": kind }),
      }),
    ),
  );
  return found.flat().map(fromKeyItem);
};

/** The key table as people manage it. @param list how all keys are found: there are few */
export const dynamoKeyRegister = (of: Table, list: ListKeys = scanKeys): KeyRegister => ({
  put: async (key) => {
    await of.client.send(new PutItemCommand({ TableName: of.table, Item: toKeyItem(key) }));
  },
  list: () => list(of),
  revoke: async (key, at) => {
    await transact(of.client, [
      { Delete: { TableName: of.table, Key: liveKey(key.hash) } },
      { Put: { TableName: of.table, Item: toKeyItem({ ...key, revokedAt: at }) } },
    ]);
  },
});
