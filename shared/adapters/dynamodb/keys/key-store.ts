import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { type ApiKey, type KeyStore, SCOPES, type Scope } from "#ports/key-store.ts";

const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text);

/** Keys by their SHA-256. One eventually consistent read a look-up: a new key may take a second to work. */
export const dynamoKeyStore = (options: { client: DynamoDBClient; table: string }): KeyStore => ({
  find: async (hash) => {
    const { Item: item } = await options.client.send(
      new GetItemCommand({ TableName: options.table, Key: { pk: { S: hash } } }),
    );
    if (item === undefined) return null;
    return {
      hash,
      kind: item.kind?.S === "write" ? "write" : "secret",
      scopes: (item.scopes?.SS ?? []).filter(isScope),
      name: item.name?.S ?? "",
    };
  },
  put: async (key: ApiKey) => {
    await options.client.send(
      new PutItemCommand({
        TableName: options.table,
        Item: {
          pk: { S: key.hash },
          kind: { S: key.kind },
          name: { S: key.name },
          ...(key.scopes.length === 0 ? {} : { scopes: { SS: [...key.scopes] } }),
        },
      }),
    );
  },
});
