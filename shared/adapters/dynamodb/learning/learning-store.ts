import type { TransactWriteItem } from "@aws-sdk/client-dynamodb";
import { NOTHING_COUNTED } from "#domain/learning/credit.ts";
import { byPart } from "#domain/learning/parts.ts";
import { hashId } from "#kernel/hash.ts";
import type { ChoiceKey, LearningBatch, LearningStore, Recut } from "#ports/learning-store.ts";
import { batchGet } from "../requests/batches.ts";
import { attributes, getItem, type Item, keyOf, putNew, putOver, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import { transact } from "../requests/transact.ts";
import { dropOldCuts, establishIndex, FIRST_SHARD, indexAt, indexOf, putIndex } from "./learning-index.ts";
import {
  addToCells,
  fromCounted,
  fromHead,
  fromIndex,
  fromSample,
  HEAD,
  modelKey,
  partKey,
  toCounted,
  toHead,
  toSample,
  versionOf,
} from "./learning-items.ts";
import { dynamoLearningReader } from "./learning-reader.ts";

/** Writers of one model at the same time come to take different shards. */
const SHARDS = 4;
/** Parts of a new cut that are written one by one: a transaction takes a hundred items. */
const PARTS_OF_A_CUT = 90;

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

/** Sums as they stand in a shard with what is added to them, and its index, which says so to readers. One read. */
const addedCells = async (
  table: Table,
  model: string,
  shard: number,
  { cuts, delta }: Pick<LearningBatch, "cuts" | "delta">,
): Promise<TransactWriteItem[]> => {
  const parts = [...byPart(delta)].map(([part, cells]) => ({
    at: keyOf(modelKey(model), partKey(cuts, shard, part)),
    part,
    cells,
  }));
  if (parts.length === 0) return [];
  const [first, own] = [indexAt(model, FIRST_SHARD), indexAt(model, shard)];
  const keys = [...parts.map(({ at }) => at), first, ...(shard === FIRST_SHARD ? [] : [own])];
  const stored = await getAll(table, keys);
  const established = stored.get(nameOf(first));
  if (established === undefined || fromIndex(established).cuts < cuts) {
    await establishIndex(table, model, cuts, established);
    return addedCells(table, model, shard, { cuts, delta });
  }
  const before = stored.get(nameOf(own));
  const index = indexOf(before, cuts);
  const versions = { ...index.parts };
  const writes = parts.map(({ at, part, cells }) => {
    const item = stored.get(nameOf(at));
    const version = versionOf(item);
    versions[part] = version + 1;
    return { Put: putOver(table.table, { ...at, ...addToCells(item, cells) }, version) };
  });
  return [...writes, putIndex(table.table, own, before, { ...index, parts: versions })];
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

/** Part -> its sums in a new cut. Where there are too many, those of the last are kept as one, which everybody reads. */
const partsOf = (delta: Recut["delta"]): readonly (readonly [string, Recut["delta"]])[] => {
  const parts = [...byPart(delta)];
  const rest = parts.slice(PARTS_OF_A_CUT);
  if (rest.length === 0) return parts;
  return [...parts.slice(0, PARTS_OF_A_CUT), ["rest", new Map(rest.flatMap(([, cells]) => [...cells]))]];
};

const recutWrites = async (
  table: Table,
  model: string,
  { cuts: before, sampled, binning, delta }: Recut,
): Promise<TransactWriteItem[]> => {
  const cuts = before + 1;
  const parts = partsOf(delta);
  const at = indexAt(model, FIRST_SHARD);
  const versions = Object.fromEntries(parts.map(([part]) => [part, 1]));
  return [
    putHead(table.table, model, { cuts, sampled, binning }, { cuts: before, sampled }),
    putIndex(table.table, at, await getItem(table, at), { cuts, parts: versions }),
    ...parts.map(([part, cells]) => {
      const own = keyOf(modelKey(model), partKey(cuts, FIRST_SHARD, part));
      return { Put: putNew(table.table, { ...own, ...addToCells(undefined, cells) }) };
    }),
  ];
};

/**
 * Sums in the learning table: pk = `model#<model>`, sk = `head`, `index#...`, `part#...`, `sample#...` (and `cells#...` of the
 * release before); and what was counted of choices.
 */
export const dynamoLearningStore = (
  options: Table & {
    /** Uniform in [0, 1): picks another shard when somebody else writes to the same. */
    readonly random: () => number;
  },
): LearningStore => {
  const { client, table } = options;
  /** False: somebody else wrote first. */
  const write = async (writes: readonly TransactWriteItem[]): Promise<boolean> =>
    (await transact(client, writes)) === null;

  /** Kept until somebody is in the way: where little is learnt at once, little has changed since a reader's last look. */
  let shard = FIRST_SHARD;

  return {
    ...dynamoLearningReader(options),
    counted: async (model, choices) => {
      const keys = choices.map((choice) => countedKey(model, choice));
      const items = await getAll(options, keys);
      return keys.map((at) => {
        const item = items.get(nameOf(at));
        return item === undefined ? NOTHING_COUNTED : fromCounted(item);
      });
    },
    write: async (model, batch) => {
      const cells = await addedCells(options, model, shard, batch);
      const sample = await putSample(options, model, batch);
      const written = await write([...cells, ...putCounted(table, model, batch), ...sample]);
      if (!written) shard = Math.floor(options.random() * SHARDS);
      return written;
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
    recut: async (model, recut) => {
      const written = await write(await recutWrites(options, model, recut));
      if (written) await dropOldCuts(options, model, recut.cuts + 1);
      return written;
    },
  };
};
