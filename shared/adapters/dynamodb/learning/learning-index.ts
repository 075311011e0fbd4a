import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { batchWrite } from "../requests/batches.ts";
import { attributes, type Item, keyOf, putOver, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import { transact } from "../requests/transact.ts";
import {
  cellsPrefix,
  fromIndex,
  indexKey,
  modelKey,
  partPrefix,
  type ShardIndex,
  toIndex,
  versionOf,
} from "./learning-items.ts";

/** The shard whose index also lists what the release before wrote: there is no model without it. */
export const FIRST_SHARD = 0;

export const indexAt = (model: string, shard: number): Item => keyOf(modelKey(model), indexKey(shard));

/** The index as it stands; over bins that were cut since, it lists nothing. */
export const indexOf = (item: Item | undefined, cuts: number): ShardIndex => {
  const stored = item === undefined ? undefined : fromIndex(item);
  return stored?.cuts === cuts ? stored : { cuts, parts: {} };
};

/** Puts an index over the one that was read. */
export const putIndex = (
  table: string,
  at: Item,
  before: Item | undefined,
  index: ShardIndex,
): TransactWriteItem => {
  const version = versionOf(before);
  return { Put: putOver(table, { ...at, ...toIndex(index, version + 1) }, version) };
};

/** Sort keys of all sums of a model, whoever wrote them, in whichever cut. */
const keysOfSums = async ({ client, table }: Table, model: string): Promise<readonly string[]> => {
  const found = await Promise.all(
    [cellsPrefix, partPrefix].map((prefixOf) =>
      queryAll(client, {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ProjectionExpression: "sk",
        // The name alone: of every cut.
        ExpressionAttributeValues: attributes({
          ":pk": modelKey(model),
          ":prefix": prefixOf(0).split("#")[0],
        }),
        ConsistentRead: true,
      }),
    ),
  );
  return found.flat().map((item) => item.sk?.S ?? "");
};

const isOf = (key: string, cuts: number): boolean =>
  key.startsWith(cellsPrefix(cuts)) || key.startsWith(partPrefix(cuts));

/** Takes away sums over bins that were cut since: nobody reads them any more. */
export const dropOldCuts = async (table: Table, model: string, cuts: number): Promise<void> => {
  const keys = (await keysOfSums(table, model)).filter((key) => Number(key.split("#")[1]) < cuts);
  await batchWrite(
    table,
    keys.map((key) => ({ DeleteRequest: { Key: keyOf(modelKey(model), key) } })),
  );
};

/**
 * Makes the first index of a model, or of bins that the release before cut while both ran. What that release wrote is listed
 * once and for all: readers add it.
 */
export const establishIndex = async (
  table: Table,
  model: string,
  cuts: number,
  before: Item | undefined,
): Promise<void> => {
  const keys = await keysOfSums(table, model);
  const old = keys.filter((key) => key.startsWith(cellsPrefix(cuts)));
  const at = indexAt(model, FIRST_SHARD);
  const index: ShardIndex = { cuts, parts: {}, ...(old.length === 0 ? {} : { old }) };
  const made = await transact(table.client, [putIndex(table.table, at, before, index)]);
  if (made === null && keys.some((key) => !isOf(key, cuts))) await dropOldCuts(table, model, cuts);
};
