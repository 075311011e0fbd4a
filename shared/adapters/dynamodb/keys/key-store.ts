import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { type ApiKey, type KeyStore, SCOPES, type Scope } from "#ports/key-store.ts";
import { attributes, keyOf, type Table } from "../requests/items.ts";

const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

/** Keys by their SHA-256. One eventually consistent read a look-up: a new key may take a second to work. */
export const dynamoKeyStore = ({ client, table }: Table): KeyStore => ({
  find: async (hash) => {
    const { Item: item } = await client.send(new GetItemCommand({ TableName: table, Key: keyOf(hash) }));
    if (item === undefined) return null;
    return {
      hash,
      kind: item.kind?.S === "write" ? "write" : "secret",
      scopes: (item.scopes?.SS ?? []).filter(isScope),
      name: item.name?.S ?? "",
    };
  },
  put: async (key: ApiKey) => {
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: attributes({
          pk: key.hash,
          kind: key.kind,
          name: key.name,
          scopes: key.scopes.length === 0 ? undefined : new Set(key.scopes),
        }),
      }),
    );
  },
});
