import { PutItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import type { KeyRegister, RegisteredKey } from "#ports/key-store.ts";
import type { Table } from "../requests/items.ts";
import { transact } from "../requests/transact.ts";
import { fromKeyItem, liveKey, toKeyItem } from "./key-items.ts";

/** The key table as people manage it. It is read as a whole: no function has the right to, and there are few keys. */
export const dynamoKeyRegister = ({ client, table }: Table): KeyRegister => ({
  put: async (key) => {
    await client.send(new PutItemCommand({ TableName: table, Item: toKeyItem(key) }));
  },
  list: async () => {
    const keys: RegisteredKey[] = [];
    for await (const page of paginateScan({ client }, { TableName: table, ConsistentRead: true })) {
      keys.push(...(page.Items ?? []).map(fromKeyItem));
    }
    return keys;
  },
  revoke: async (key, at) => {
    await transact(client, [
      { Delete: { TableName: table, Key: liveKey(key.hash) } },
      { Put: { TableName: table, Item: toKeyItem({ ...key, revokedAt: at }) } },
    ]);
  },
});
