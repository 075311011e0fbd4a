import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  type TransactWriteItem,
} from "@aws-sdk/client-dynamodb";
import { NOTHING_COUNTED } from "#domain/learning/credit.ts";
import type { Cell, Delta } from "#domain/learning/model.ts";
import { hashId } from "#kernel/hash.ts";
import type { ChoiceKey, LearningStore } from "#ports/learning-store.ts";
import { batchGet } from "../requests/batches.ts";
import { queryAll } from "../requests/query-pages.ts";
import { transact } from "../requests/transact.ts";
import {
  addToCells,
  cellsKey,
  fromCounted,
  fromHead,
  fromSample,
  HEAD,
  type Item,
  modelKey,
  placeOf,
  storedVersion,
  toCounted,
  toHead,
  toSample,
} from "./learning-items.ts";
import { dynamoLearningReader } from "./learning-reader.ts";

/** Writers of one model at the same time take different shards, mostly. */
const SHARDS = 4;
/** Sums of a new cut are written together, so many a item: well below 400 KB. */
const CELLS_AN_ITEM = 3_000;

const grouped = (delta: Delta): Map<string, Map<string, Cell>> => {
  const places = new Map<string, Map<string, Cell>>();
  for (const [key, cell] of delta) {
    const place = placeOf(key);
    const cells = places.get(place) ?? new Map<string, Cell>();
    places.set(place, cells.set(key, cell));
  }
  return places;
};

/** Sums in the learning table: pk = `model#<model>`, sk = `head`, `cells#...`, `sample#...`; and what was counted of choices. */
export const dynamoLearningStore = (options: {
  client: DynamoDBClient;
  table: string;
  /** Uniform in [0, 1): picks the shard. */
  random: () => number;
}): LearningStore => {
  const { client, table, random } = options;
  type Key = { pk: AttributeValue; sk: AttributeValue };
  const key = (pk: string, sk: string): Key => ({ pk: { S: pk }, sk: { S: sk } });
  const countedKey = (model: string, { decisionId, action }: ChoiceKey): Key =>
    key(`seen#${decisionId}`, `${model}#${action}`);
  const nameOf = (item: Item): string => `${item.pk?.S}|${item.sk?.S}`;

  const getAll = async (keys: readonly Key[]): Promise<Map<string, Item>> => {
    if (keys.length === 0) return new Map();
    const found = await batchGet(client, { [table]: { Keys: [...keys], ConsistentRead: true } });
    return new Map((found[table] ?? []).map((item) => [nameOf(item), item]));
  };

  /** Writes an item over the version that was read, `before`; 0: there must be none. */
  const put = (at: Key, item: Item, before: number): TransactWriteItem => ({
    Put: {
      TableName: table,
      Item: { ...at, ...item },
      ...(before === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : {
            ConditionExpression: "#version = :before",
            ExpressionAttributeNames: { "#version": "version" },
            ExpressionAttributeValues: { ":before": { N: String(before) } },
          }),
    },
  });

  const putHead = (model: string, head: Parameters<typeof toHead>[0], cuts: number, sampled: number) => ({
    Put: {
      TableName: table,
      Item: { ...key(modelKey(model), HEAD), ...toHead(head) },
      ...(sampled === 0
        ? { ConditionExpression: "attribute_not_exists(pk)" }
        : {
            ConditionExpression: "cuts = :cuts AND sampled = :sampled",
            ExpressionAttributeValues: { ":cuts": { N: String(cuts) }, ":sampled": { N: String(sampled) } },
          }),
    },
  });

  /** False: somebody else wrote first. */
  const write = async (writes: readonly TransactWriteItem[]): Promise<boolean> =>
    (await transact(client, writes)) === null;

  const headOf = async (model: string) => {
    const { Item: item } = await client.send(
      new GetItemCommand({ TableName: table, Key: key(modelKey(model), HEAD), ConsistentRead: true }),
    );
    return fromHead(item);
  };

  return {
    head: headOf,

    ...dynamoLearningReader({ client, table }),

    counted: async (model, choices) => {
      const keys = choices.map((choice) => countedKey(model, choice));
      const items = await getAll(keys);
      return keys.map((at) => {
        const item = items.get(nameOf(at));
        return item === undefined ? NOTHING_COUNTED : fromCounted(item);
      });
    },

    write: async (model, { cuts, counted, delta, sample, expires }) => {
      const shard = Math.floor(random() * SHARDS);
      const places = [...grouped(delta)].map(([place, cells]) => ({
        at: key(modelKey(model), cellsKey(cuts, shard, place)),
        cells,
      }));
      const stored = await getAll(places.map(({ at }) => at));
      const writes = places.map(({ at, cells }) => {
        const item = stored.get(nameOf(at));
        return put(at, addToCells(item, cells), storedVersion(item));
      });
      for (const one of counted) {
        const item = { ...toCounted(one.counted), expires: { N: String(expires) } };
        writes.push(put(countedKey(model, one), item, one.counted.version - 1));
      }
      if (sample !== undefined) {
        const { binning } = await headOf(model);
        const [first] = counted;
        const id = hashId(
          "smp",
          first?.decisionId ?? "",
          first?.action ?? "",
          String(first?.counted.version),
        );
        writes.push(
          {
            Put: {
              TableName: table,
              Item: { ...key(modelKey(model), `sample#${id}`), ...toSample(sample.observations) },
            },
          },
          putHead(model, { cuts, sampled: sample.after, binning }, cuts, sample.before),
        );
      }
      return write(writes);
    },

    sample: async (model) => {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues: { ":pk": { S: modelKey(model) }, ":sk": { S: "sample#" } },
        ConsistentRead: true,
      });
      return items.flatMap(fromSample);
    },

    recut: async (model, { cuts, sampled, binning, delta }) => {
      const cells = [...delta];
      const writes: TransactWriteItem[] = [
        putHead(model, { cuts: cuts + 1, sampled, binning }, cuts, sampled),
      ];
      for (let from = 0; from < cells.length; from += CELLS_AN_ITEM) {
        const at = key(modelKey(model), cellsKey(cuts + 1, 0, `recut ${from}`));
        writes.push(put(at, addToCells(undefined, new Map(cells.slice(from, from + CELLS_AN_ITEM))), 0));
      }
      return write(writes);
    },
  };
};
