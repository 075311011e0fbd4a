import { engineDatabase, type Item, type QueryTable } from "./dynalite.ts";
import { itemBytes } from "./units.ts";

/** A page of a query or scan ends after this many bytes, before filters. */
const PAGE_BYTES = 1024 * 1024;

/**
 * Replaces dynalite's reading of ranges by one that stops early: pages by limit or size, then filter and projection,
 * in DynamoDB's order (a limit counts items before the filter).
 */
// biome-ignore lint/complexity/useMaxParams: dynalite passes them so.
const queryTable: QueryTable = (store, table, data, range, _isLocal, _fetch, startKeyNames, done) => {
  const items: Item[] = [];
  let bytes = 0;
  let more = false;
  const projected = indexPaths(table, data.IndexName);
  for (const row of store.rows(data.TableName, data.IndexName, range)) {
    if (data.Limit !== undefined && items.length >= data.Limit) break;
    items.push(row.item);
    bytes += projected === null ? row.bytes : itemBytes(pick(row.item, projected));
    more = bytes >= PAGE_BYTES || items.length === data.Limit;
    if (more) break;
  }
  store.touched.itemsRead += items.length;
  store.touched.readBytes += bytes;
  const last = items.at(-1);
  const kept = items.filter((item) => passesFilter(data, item));
  const paths = data._projection?.paths ?? data.AttributesToGet ?? projected;
  const shown = paths === null ? kept : kept.map((item) => engineDatabase.mapPaths(paths, item));
  done(null, {
    Count: kept.length,
    ScannedCount: items.length,
    ...(data.Select === "COUNT" ? {} : { Items: shown }),
    ...(more && last !== undefined ? { LastEvaluatedKey: pick(last, startKeyNames) } : {}),
  });
};

/**
 * dynalite calls these two through its module object, so that one assignment replaces them. A store of dynalite's own
 * in the same process keeps the originals.
 */
export function installStoreHooks(): void {
  const original = { queryTable: engineDatabase.queryTable, updateIndexes: engineDatabase.updateIndexes };
  engineDatabase.queryTable = (store, ...rest) =>
    ("rows" in store ? queryTable : original.queryTable)(store, ...rest);
  // biome-ignore lint/complexity/useMaxParams: dynalite passes them so.
  engineDatabase.updateIndexes = (store, table, existing, item, done) => {
    if (!("rows" in store)) return original.updateIndexes(store, table, existing, item, done);
    store.updateIndexes(table, existing, item);
    done(null);
  };
}

type Data = Parameters<QueryTable>[2];

function passesFilter(data: Data, item: Item): boolean {
  if (data._filter !== undefined) return engineDatabase.matchesExprFilter(item, data._filter.expression);
  const filter = data.QueryFilter ?? data.ScanFilter;
  if (filter === undefined) return true;
  return engineDatabase.matchesFilter(item, filter, data.ConditionalOperator);
}

/** The attributes an index carries, or null when it carries all. */
function indexPaths(
  table: Parameters<QueryTable>[1],
  indexName: string | undefined,
): readonly string[] | null {
  if (indexName === undefined) return null;
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
  const index = indexes.find((candidate) => candidate.IndexName === indexName);
  if (index === undefined || index.Projection.ProjectionType === "ALL") return null;
  const keys = [...table.KeySchema, ...index.KeySchema].map((key) => key.AttributeName);
  return [...new Set([...keys, ...(index.Projection.NonKeyAttributes ?? [])])];
}

function pick(item: Item, names: readonly string[]): Item {
  const picked: { [name: string]: Item[string] } = {};
  for (const name of names) {
    const value = item[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}
