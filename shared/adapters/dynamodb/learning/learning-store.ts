import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { NOTHING_COUNTED } from "#domain/learning/credit.ts";
import type { Cell, Delta } from "#domain/learning/model.ts";
import { hashId } from "#kernel/hash.ts";
import type { ChoiceKey, LearningBatch, LearningStore, Recut } from "#ports/learning-store.ts";
import { batchGet } from "../requests/batches.ts";
import { attributes, getItem, type Item, keyOf, putNew, putOver, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import { transact } from "../requests/transact.ts";
import {
  addToCells,
  cellsKey,
  fromCounted,
  fromHead,
  fromSample,
  HEAD,
  modelKey,
  placeOf,
  toCounted,
  toHead,
  toSample,
  versionOf,
} from "./learning-items.ts";
import { dynamoLearningReader } from "./learning-reader.ts";

/** Writers of one model at the same time take different shards, mostly. */
const SHARDS = 4;
/** Sums of a new cut are written together, so many a item: well below 400 KB. */
const CELLS_AN_ITEM = 3_000;

const countedKey = (model: string, { decisionId, action }: ChoiceKey): Item =>
  keyOf(`seen#${decisionId}`, `${model}#${action}`);
const nameOf = (item: Item): string => `${item.pk?.S}|${item.sk?.S}`;

const getAll = async ({ client, table }: Table, keys: readonly Item[]): Promise<Map<string, Item>> => {
  if (keys.length === 0) return new Map();
  const found = await batchGet(client, { [table]: { Keys: [...keys], ConsistentRead: true } });
  return new Map((found[table] ?? []).map((item) => [nameOf(item), item]));
};

const headOf = async (table: Table, model: string) =>
  fromHead(await getItem(table, keyOf(modelKey(model), HEAD)));

/** Writes the head over the one that was read; there is none before the first sample. */
const putHead = (
  table: string,
  model: string,
  head: Parameters<typeof toHead>[0],
  before: { readonly cuts: number; readonly sampled: number },
): TransactWriteItem => {
  const item = { ...keyOf(modelKey(model), HEAD), ...toHead(head) };
  if (before.sampled === 0) return { Put: putNew(table, item) };
  return {
    Put: {
      TableName: table,
      Item: item,
      ConditionExpression: "cuts = :cuts AND sampled = :sampled",
      ExpressionAttributeValues: attributes({ ":cuts": before.cuts, ":sampled": before.sampled }),
    },
  };
};

const grouped = (delta: Delta): Map<string, Map<string, Cell>> => {
  const places = new Map<string, Map<string, Cell>>();
  for (const [key, cell] of delta) {
    const place = placeOf(key);
    const cells = places.get(place) ?? new Map<string, Cell>();
    places.set(place, cells.set(key, cell));
  }
  return places;
};

/** Sums as they stand in a shard with what is added to them. One read. */
const addedCells = async (
  table: Table,
  model: string,
  shard: number,
  { cuts, delta }: Pick<LearningBatch, "cuts" | "delta">,
): Promise<TransactWriteItem[]> => {
  const places = [...grouped(delta)].map(([place, cells]) => ({
    at: keyOf(modelKey(model), cellsKey(cuts, shard, place)),
    cells,
  }));
  const stored = await getAll(
    table,
    places.map(({ at }) => at),
  );
  return places.map(({ at, cells }) => {
    const item = stored.get(nameOf(at));
    return { Put: putOver(table.table, { ...at, ...addToCells(item, cells) }, versionOf(item)) };
  });
};

const putCounted = (
  table: string,
  model: string,
  { counted, expires }: Pick<LearningBatch, "counted" | "expires">,
): TransactWriteItem[] =>
  counted.map((one) => ({
    Put: putOver(
      table,
      { ...countedKey(model, one), ...toCounted(one.counted), ...attributes({ expires }) },
      one.counted.version - 1,
    ),
  }));

/** The observations, and in the head how many there are by now. One read. */
const putSample = async (
  table: Table,
  model: string,
  { cuts, counted, sample }: LearningBatch,
): Promise<TransactWriteItem[]> => {
  if (sample === undefined) return [];
  const { binning } = await headOf(table, model);
  const [first] = counted;
  const version = String(first?.counted.version);
  const id = hashId("smp", first?.decisionId ?? "", first?.action ?? "", version);
  const item = { ...keyOf(modelKey(model), `sample#${id}`), ...toSample(sample.observations) };
  return [
    { Put: { TableName: table.table, Item: item } },
    putHead(table.table, model, { cuts, sampled: sample.after, binning }, { cuts, sampled: sample.before }),
  ];
};

const recutWrites = (
  table: string,
  model: string,
  { cuts, sampled, binning, delta }: Recut,
): TransactWriteItem[] => {
  const cells = [...delta];
  const writes = [putHead(table, model, { cuts: cuts + 1, sampled, binning }, { cuts, sampled })];
  for (let from = 0; from < cells.length; from += CELLS_AN_ITEM) {
    const at = keyOf(modelKey(model), cellsKey(cuts + 1, 0, `recut ${from}`));
    const some = new Map(cells.slice(from, from + CELLS_AN_ITEM));
    writes.push({ Put: putNew(table, { ...at, ...addToCells(undefined, some) }) });
  }
  return writes;
};

/** Sums in the learning table: pk = `model#<model>`, sk = `head`, `cells#...`, `sample#...`; and what was counted of choices. */
export const dynamoLearningStore = (
  options: Table & {
    /** Uniform in [0, 1): picks the shard. */
    readonly random: () => number;
  },
): LearningStore => {
  const { client, table } = options;
  /** False: somebody else wrote first. */
  const write = async (writes: readonly TransactWriteItem[]): Promise<boolean> =>
    (await transact(client, writes)) === null;

  return {
    ...dynamoLearningReader(options),
    head: (model) => headOf(options, model),
    counted: async (model, choices) => {
      const keys = choices.map((choice) => countedKey(model, choice));
      const items = await getAll(options, keys);
      return keys.map((at) => {
        const item = items.get(nameOf(at));
        return item === undefined ? NOTHING_COUNTED : fromCounted(item);
      });
    },
    write: async (model, batch) => {
      const shard = Math.floor(options.random() * SHARDS);
      const cells = await addedCells(options, model, shard, batch);
      const sample = await putSample(options, model, batch);
      return write([...cells, ...putCounted(table, model, batch), ...sample]);
    },
    sample: async (model) => {
      const items = await queryAll(client, {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues: attributes({ ":pk": modelKey(model), ":sk": "sample#" }),
        ConsistentRead: true,
      });
      return items.flatMap(fromSample);
    },
    recut: (model, recut) => write(recutWrites(table, model, recut)),
  };
};
