import { QueryCommand, type TransactWriteItem } from "@aws-sdk/client-dynamodb";
import * as z from "zod/mini";
import { addGroups, EMPTY_GROUP, type Group, type StoredUnit } from "#domain/experiment/unit.ts";
import { hashId } from "#kernel/hash.ts";
import type { ExperimentStore } from "#ports/experiment-store.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { attributes, type Item, keyOf, putOver, type Table } from "../requests/items.ts";
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

const unitKey = (experiment: string, customerId: string): Item =>
  keyOf(hashId("unit", experiment, customerId), "unit");

const putUnit = (table: string, key: Item, unit: StoredUnit, expires: number): TransactWriteItem => {
  const { version, ...body } = unit;
  const item = { ...key, ...attributes({ body: JSON.stringify(body), version, expires }) };
  return { Put: putOver(table, item, version - 1) };
};

const addGroup = (table: string, key: Item, group: Group): TransactWriteItem => ({
  Update: {
    TableName: table,
    Key: key,
    UpdateExpression: "ADD #count :count, #sum :sum, #squares :squares, switched :switched",
    ExpressionAttributeNames: { "#count": "count", "#sum": "sum", "#squares": "squares" },
    ExpressionAttributeValues: attributes({
      ":count": group.count,
      ":sum": group.sum,
      ":squares": group.sumOfSquares,
      ":switched": group.switched,
    }),
  },
});

const unitsIn =
  ({ client, table }: Table): ExperimentStore["units"] =>
  async (experiment, customerIds) => {
    const wanted = new Map(
      customerIds.map((id) => {
        const key = unitKey(experiment, id);
        return [key.pk?.S, { id, key }];
      }),
    );
    const units = new Map<string, StoredUnit>();
    const all = [...wanted.values()].map(({ key }) => key);
    for (let start = 0; start < all.length; start += MAX_KEYS) {
      const Keys = all.slice(start, start + MAX_KEYS);
      const found = await batchGet(client, { [table]: { Keys, ConsistentRead: true } });
      for (const item of found[table] ?? []) {
        const id = wanted.get(item.pk?.S)?.id;
        const body = z.parse(UnitBody, JSON.parse(item.body?.S ?? "null"));
        if (id !== undefined) units.set(id, { ...body, version: Number(item.version?.N) });
      }
    }
    return units;
  };

const sumsIn =
  ({ client, table }: Table): ExperimentStore["sums"] =>
  async (experiment) => {
    const { Items: items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: attributes({ ":pk": experiment }),
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
  };

/**
 * Sums in the learning table: pk = experiment, sk = `<variant>#<shard>`, as numbers that DynamoDB adds to; customers under
 * pk = `unit_<hash of experiment and customer>`.
 */
export const dynamoExperimentStore = (
  options: Table & {
    /** Uniform in [0, 1): picks the shard. */
    readonly random: () => number;
  },
): ExperimentStore => {
  const { client, table, random } = options;
  return {
    units: unitsIn(options),
    count: async (experiment, { units, added, expires }) => {
      const shardOf = (variant: string): Item =>
        keyOf(experiment, `${variant}#${Math.floor(random() * SHARDS)}`);
      const raced = await transact(client, [
        ...[...units].map(([id, unit]) => putUnit(table, unitKey(experiment, id), unit, expires)),
        ...[...added].map(([variant, group]) => addGroup(table, shardOf(variant), group)),
      ]);
      return raced === null;
    },
    sums: sumsIn(options),
  };
};
