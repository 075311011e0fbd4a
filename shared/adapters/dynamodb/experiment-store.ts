import { type DynamoDBClient, GetItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { addSamples, EMPTY_SAMPLE, type Sample } from "../../domain/experiment/uplift.ts";
import { hashId } from "../../domain/hash.ts";
import type { ExperimentStore } from "../../ports/experiment-store.ts";
import { transact } from "./transact.ts";

/** Customers of one variant who come at the same time are counted side by side. */
const SHARDS = 4;
const UnitBody = z.object({ variant: z.string(), since: z.string(), value: z.number() });

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
  return {
    unit: async (experiment, customerId) => {
      const { Item: item } = await client.send(
        new GetItemCommand({ TableName: table, Key: unitKey(experiment, customerId), ConsistentRead: true }),
      );
      if (item === undefined) return null;
      const body = z.parse(UnitBody, JSON.parse(item.body?.S ?? "null"));
      return { ...body, version: Number(item.version?.N) };
    },

    count: async (experiment, { customerId, unit, variant, added, expires }) => {
      const { version, ...body } = unit;
      const sk = `${variant}#${Math.floor(random() * SHARDS)}`;
      const raced = await transact(client, [
        {
          Put: {
            TableName: table,
            Item: {
              ...unitKey(experiment, customerId),
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
        },
        {
          Update: {
            TableName: table,
            Key: { pk: { S: experiment }, sk: { S: sk } },
            UpdateExpression: "ADD #count :count, #sum :sum, #squares :squares",
            ExpressionAttributeNames: { "#count": "count", "#sum": "sum", "#squares": "squares" },
            ExpressionAttributeValues: {
              ":count": { N: String(added.count) },
              ":sum": { N: String(added.sum) },
              ":squares": { N: String(added.sumOfSquares) },
            },
          },
        },
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
      const sums = new Map<string, Sample>();
      for (const item of items) {
        const variant = (item.sk?.S ?? "").replace(/#\d+$/, "");
        const sample = {
          count: Number(item.count?.N ?? "0"),
          sum: Number(item.sum?.N ?? "0"),
          sumOfSquares: Number(item.squares?.N ?? "0"),
        };
        sums.set(variant, addSamples(sums.get(variant) ?? EMPTY_SAMPLE, sample));
      }
      return sums;
    },
  };
};
