import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { keyedHash } from "#kernel/hash.ts";
import type { LookupKeys } from "#kernel/keyring.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { ConfirmationStore } from "#ports/confirmation-store.ts";
import { attributes, type Item, keyOf, type Table } from "../requests/items.ts";
import { putAll } from "../requests/transact.ts";

/**
 * When addresses were asked to confirm, in the customers table beside what else holds for them: pk =
 * `s#<key version>#<keyed hash>`, sk = `asked`. Under every key that is known, the oldest first: while one takes the place of
 * another, all who ask meet under the same.
 */
export const dynamoConfirmationStore = ({
  client,
  table,
  identifierKeys,
}: Table & { readonly identifierKeys: () => Promise<LookupKeys> }): ConfirmationStore => {
  const keysOf = async (channel: string, address: string): Promise<readonly Item[]> =>
    (await identifierKeys()).known
      .toReversed()
      .map(({ version, key }) => keyOf(`s#${version}#${keyedHash(key, channel, address)}`, "asked"));
  return {
    mayAsk: async (channel, address, { by, now }) => {
      const dayAgo = new Date(Date.parse(now) - DAY_MS).toISOString();
      for (const key of await keysOf(channel, address)) {
        const put = {
          TableName: table,
          Item: { ...key, ...attributes({ at: now, by }) },
          ConditionExpression: "attribute_not_exists(pk) OR #at <= :dayAgo OR #by = :by",
          ExpressionAttributeNames: { "#at": "at", "#by": "by" },
          ExpressionAttributeValues: attributes({ ":dayAgo": dayAgo, ":by": by }),
        };
        if ((await putAll(client, [put])) !== null) return false;
      }
      return true;
    },
    answered: async (channel, address) => {
      for (const key of await keysOf(channel, address)) {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: key,
            UpdateExpression: "SET #at = :long",
            ExpressionAttributeNames: { "#at": "at" },
            ExpressionAttributeValues: attributes({ ":long": new Date(0).toISOString() }),
          }),
        );
      }
    },
  };
};
