import { ConditionalCheckFailedException, QueryCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Message } from "#domain/records/message.ts";
import type { OverdueMessages } from "#ports/message-store.ts";
import { batchGet } from "../requests/batches.ts";
import { INDEXES } from "../requests/indexes.ts";
import { attributes, type Item, keyOf, type Table } from "../requests/items.ts";
import { fromMessageItem, SWEEP_SHARDS, sweepShardOf } from "./message-item.ts";

/** As many as one BatchGetItem takes, for each partition of the index. */
const MOST_A_SHARD = 100;

const SHARDS = Array.from({ length: SWEEP_SHARDS }, (_, shard) => String(shard));

/** The index knows no consistent read: what it gives is read again from the table. */
const findIn =
  ({ client, table }: Table): OverdueMessages["find"] =>
  async (now) => {
    const keysOf = async (shard: string): Promise<Item[]> => {
      const { Items: items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: INDEXES.historyBySweep,
          KeyConditionExpression: "sweepShard = :shard AND sweepAt <= :now",
          ExpressionAttributeValues: attributes({ ":shard": shard, ":now": now }),
          Limit: MOST_A_SHARD,
        }),
      );
      return items.map((item) => keyOf(item.pk?.S ?? ""));
    };
    const readAll = async (shard: string): Promise<readonly Message[]> => {
      const keys = await keysOf(shard);
      if (keys.length === 0) return [];
      const found = await batchGet(client, { [table]: { Keys: keys, ConsistentRead: true } });
      return (found[table] ?? []).map(fromMessageItem);
    };
    const messages = await Promise.all(SHARDS.map(readAll));
    return messages.flat().filter(({ sweepAt }) => sweepAt !== undefined && sweepAt <= now);
  };

const postponeIn =
  ({ client, table }: Table): OverdueMessages["postpone"] =>
  async (message, sweepAt) => {
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(message.messageId),
          UpdateExpression:
            sweepAt === null ? "REMOVE sweepAt" : "SET sweepAt = :sweepAt, sweepShard = :shard",
          ConditionExpression: "sweepAt = :seen",
          ExpressionAttributeValues: attributes({
            ":seen": message.sweepAt,
            ":sweepAt": sweepAt ?? undefined,
            ":shard": sweepAt === null ? undefined : sweepShardOf(message.messageId),
          }),
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

/** Messages by when the sweep looks after them: one Query a partition, one read for what all of it needs, one update each. */
export const dynamoOverdueMessages = (table: Table): OverdueMessages => ({
  find: findIn(table),
  postpone: postponeIn(table),
});
