import { type AttributeValue, type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { addGroups, EMPTY_GROUP, type Group, type StoredUnit } from "#domain/experiment/unit.ts";
import { hashId } from "#kernel/hash.ts";
import type { ExperimentStore } from "#ports/experiment-store.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { transact } from "../requests/transact.ts";

/** Customers of one variant who come at the same time are counted side by side. */
const SHARDS = 4;
const UnitBody = z.union([
  z.object({ movedTo: z.string() }),
  z.object({
    variant: z.string(),
    since: z.string(),
    value: z.number(),
    reached: z.exactOptional(z.string()),
    switched: z.exactOptional(z.boolean()),
  }),
]);

/**
 * Sums in the learning table: pk = experiment, sk = `<variant>#<shard>`, as numbers that DynamoDB adds to; customers under
 * pk = `unit_<hash of experiment and customer>`.
 */
export const dynamoExperimentStore = (options: {
  client: DynamoDBClient;
  table: string;
  /** Uniform in [0, 1): picks the shard. */
  random: () => number;
}): ExperimentStore => {
  const { client, table, random } = options;
  const unitKey = (experiment: string, customerId: string) => ({
    pk: { S: hashId("unit", experiment, customerId) },
    sk: { S: "unit" },
  });
  const putUnit = (key: Record<string, AttributeValue>, unit: StoredUnit, expires: number) => {
    const { version, ...body } = unit;
    return {
      Put: {
        TableName: table,
        Item: {
          ...key,
          body: { S: JSON.stringify(body) },
          version: { N: String(version) },
          expires: { N: String(expires) },
        },
        ...(version === 1
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : {
              ConditionExpression: "version = :before",
              ExpressionAttributeValues: { ":before": { N: String(version - 1) } },
            }),
      },
    };
  };
  const addGroup = (experiment: string, variant: string, group: Group) => ({
    Update: {
      TableName: table,
      Key: { pk: { S: experiment }, sk: { S: `${variant}#${Math.floor(random() * SHARDS)}` } },
      UpdateExpression: "ADD #count :count, #sum :sum, #squares :squares, switched :switched",
      ExpressionAttributeNames: { "#count": "count", "#sum": "sum", "#squares": "squares" },
      ExpressionAttributeValues: {
        ":count": { N: String(group.count) },
        ":sum": { N: String(group.sum) },
        ":squares": { N: String(group.sumOfSquares) },
        ":switched": { N: String(group.switched) },
      },
    },
  });
  return {
    units: async (experiment, customerIds) => {
      const ids = new Map(customerIds.map((id) => [unitKey(experiment, id).pk.S, id]));
      const units = new Map<string, StoredUnit>();
      const all = [...ids.keys()].map((pk) => ({ pk: { S: pk }, sk: { S: "unit" } }));
      for (let start = 0; start < all.length; start += MAX_KEYS) {
        const Keys = all.slice(start, start + MAX_KEYS);
        const found = await batchGet(client, { [table]: { Keys, ConsistentRead: true } });
        for (const item of found[table] ?? []) {
          const id = ids.get(item.pk?.S ?? "");
          const body = z.parse(UnitBody, JSON.parse(item.body?.S ?? "null"));
          if (id !== undefined) units.set(id, { ...body, version: Number(item.version?.N) });
        }
      }
      return units;
    },

    count: async (experiment, { units, added, expires }) => {
      const raced = await transact(client, [
        ...[...units].map(([id, unit]) => putUnit(unitKey(experiment, id), unit, expires)),
        ...[...added].map(([variant, group]) => addGroup(experiment, variant, group)),
      ]);
      return raced === null;
    },

    sums: async (experiment) => {
      const { Items: items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: experiment } },
        }),
      );
      const sums = new Map<string, Group>();
      for (const item of items) {
        const variant = (item.sk?.S ?? "").replace(/#\d+$/, "");
        const group = {
          count: Number(item.count?.N ?? "0"),
          sum: Number(item.sum?.N ?? "0"),
          sumOfSquares: Number(item.squares?.N ?? "0"),
          switched: Number(item.switched?.N ?? "0"),
        };
        sums.set(variant, addGroups(sums.get(variant) ?? EMPTY_GROUP, group));
      }
      return sums;
    },
  };
};
