import { addCell, type Cell, EMPTY_CELL } from "#domain/learning/model.ts";
import { actionOf } from "#domain/learning/parts.ts";
import type { IndexedPart, LearningReader, ReadPart } from "#ports/learning-store.ts";
import { batchGet, MAX_KEYS } from "../requests/batches.ts";
import { attributes, getItem, type Item, keyOf, type Table } from "../requests/items.ts";
import { queryAll } from "../requests/query-pages.ts";
import {
  cellsPrefix,
  fromCells,
  fromHead,
  fromIndex,
  HEAD,
  INDEX,
  isOld,
  modelKey,
  partIn,
  partKey,
  partPrefix,
  versionOf,
} from "./learning-items.ts";

/** Stands for all that the release before wrote, until the first write of this one has put it into an index. */
const ALL = "all";

/** Sort keys of a model that begin alike, with their items. */
const beginningWith = ({ client, table }: Table, model: string, prefix: string): Promise<readonly Item[]> =>
  queryAll(client, {
    TableName: table,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
    ExpressionAttributeValues: attributes({ ":pk": modelKey(model), ":prefix": prefix }),
  });

const sumOf = (items: readonly Item[]): Map<string, Cell> => {
  const cells = new Map<string, Cell>();
  for (const item of items) {
    for (const [name, cell] of fromCells(item)) cells.set(name, addCell(cells.get(name) ?? EMPTY_CELL, cell));
  }
  return cells;
};

/** Models for those who decide by them or show them, and learn nothing. */
export const dynamoLearningReader = (options: Table): LearningReader => {
  const { client, table } = options;
  const head = async (model: string) => fromHead(await getItem(options, keyOf(modelKey(model), HEAD)));
  /** Each version another one: nothing says what has changed. */
  let reads = 0;

  const unindexed = async (model: string): Promise<{ cuts: number; parts: readonly IndexedPart[] }> => {
    reads += 1;
    const { cuts } = await head(model);
    return { cuts, parts: [{ id: ALL, version: -reads, action: null }] };
  };

  const readEverything = async (model: string) => {
    const { cuts, binning } = await head(model);
    const items = await Promise.all(
      [cellsPrefix(cuts), partPrefix(cuts)].map((prefix) => beginningWith(options, model, prefix)),
    );
    return { cuts, binning, cells: sumOf(items.flat()) };
  };

  return {
    head,
    index: async (model) => {
      const items = await beginningWith(options, model, INDEX);
      if (items.length === 0) return unindexed(model);
      const shards = items.map((item) => ({
        shard: Number(item.sk?.S?.slice(INDEX.length)),
        ...fromIndex(item),
      }));
      const cuts = Math.max(...shards.map((one) => one.cuts));
      // A shard that nobody wrote to since bins were cut has only sums over the bins before.
      const own = shards.filter((one) => one.cuts === cuts);
      return {
        cuts,
        parts: own.flatMap(({ shard, parts, old = [] }) => [
          ...Object.entries(parts).map(([part, version]) => ({
            id: partKey(cuts, shard, part),
            version,
            action: actionOf(part),
          })),
          ...old.map((id) => ({ id, version: 0, action: actionOf(partIn(id)) })),
        ]),
      };
    },
    parts: async (model, ids) => {
      const read = new Map<string, ReadPart>();
      if (ids.includes(ALL)) read.set(ALL, { version: -reads, cells: (await readEverything(model)).cells });
      const keys = ids.filter((id) => id !== ALL).map((id) => keyOf(modelKey(model), id));
      for (let from = 0; from < keys.length; from += MAX_KEYS) {
        const found = await batchGet(client, { [table]: { Keys: keys.slice(from, from + MAX_KEYS) } });
        for (const item of found[table] ?? []) {
          const id = item.sk?.S ?? "";
          const version = isOld(id) ? 0 : versionOf(item);
          read.set(id, { version, cells: new Map(fromCells(item)) });
        }
      }
      return read;
    },
    read: readEverything,
  };
};
