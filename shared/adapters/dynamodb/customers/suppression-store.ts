import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { keyedHash } from "#kernel/hash.ts";
import type { Suppression, SuppressionStore } from "#ports/suppression-store.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import type { IdentifierKey } from "./customer-items.ts";

type Key = Record<string, AttributeValue>;

const Item = z.object({
  reason: z.object({ S: z.enum(["bounced", "complained"]) }),
  at: z.object({ S: z.string() }),
});

/** Suppressions in the customers table: pk = `s#<key version>#<keyed hash>`, sk = `suppression`. */
export const dynamoSuppressionStore = (options: {
  client: DynamoDBClient;
  table: string;
  hash: IdentifierKey;
}): SuppressionStore => {
  const { client, table, hash } = options;
  const keyOf = (channel: string, address: string): Key => ({
    pk: { S: `s#${hash.version}#${keyedHash(hash.key, channel, address)}` },
    sk: { S: "suppression" },
  });

  return {
    find: async (channel, addresses) => {
      const wanted = new Map(
        addresses.map((address) => {
          const key = keyOf(channel, address);
          return [key.pk?.S ?? "", { address, key }] as const;
        }),
      );
      const keys = [...wanted.values()].map(({ key }) => key);
      const found = new Map<string, Suppression>();
      for (let from = 0; from < keys.length; from += MAX_KEYS) {
        const read = await batchGet(client, { [table]: { Keys: keys.slice(from, from + MAX_KEYS) } });
        for (const item of read[table] ?? []) {
          const address = wanted.get(item.pk?.S ?? "")?.address;
          const { reason, at } = z.parse(Item, item);
          if (address !== undefined) found.set(address, { reason: reason.S, at: at.S });
        }
      }
      return found;
    },

    add: async (channel, address, { reason, at }) => {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: { ...keyOf(channel, address), reason: { S: reason }, at: { S: at } },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
};
