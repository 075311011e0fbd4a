import { engineDatabase, type Item, type KeySchema } from "./dynalite.ts";
import type { TableStore } from "./store.ts";

/** Partitions of a table, or of an index of it, whose sort keys say when work is due. */
export type DueSource = {
  readonly table: string;
  readonly index?: string | undefined;
  readonly pks: readonly string[];
};

/**
 * Reads when the earliest work of several partitions is due: their smallest sort key, an ISO-8601 moment, perhaps
 * followed by `#` and an id. Answers ms, or null when all are empty. It reads again only after something was written:
 * a day that passes in one call asks for every minute of it.
 */
export function readDueSources(store: TableStore, sources: readonly DueSource[]): () => number | null {
  const readers = sources.flatMap((source) => readersOf(store, source));
  let read: { readonly writes: number; readonly earliest: number | null } | null = null;
  return () => {
    const writes = store.writes();
    if (read?.writes === writes) return read.earliest;
    const found = readers.flatMap((readOne) => readOne() ?? []);
    read = { writes, earliest: found.length === 0 ? null : Math.min(...found) };
    return read.earliest;
  };
}

function readersOf(store: TableStore, source: DueSource): readonly (() => number | null)[] {
  const table = store.table(source.table);
  const keys = keySchemaOf(store, source);
  const [partitionKey, sortKey] = (keys ?? []).map((key) => key.AttributeName);
  if (table === null || keys === undefined || partitionKey === undefined || sortKey === undefined) {
    const where = source.index === undefined ? source.table : `${source.table}/${source.index}`;
    throw new Error(`rapport:skipWhileEmpty names ${where}, which is nothing with a sort key`);
  }
  return source.pks.map((pk) => {
    const key: Item = { [partitionKey]: { S: pk }, [sortKey]: { S: "" } };
    // The key of an empty sort key is the partition's own prefix with one more slash.
    const prefix = engineDatabase.createKey(key, table, keys).slice(0, -1);
    return () => {
      for (const row of store.rows(source.table, source.index, { gte: prefix, lt: `${prefix}~` })) {
        const at = Date.parse(String(row.item[sortKey]?.S).split("#")[0] ?? "");
        // A sort key that is no moment counts as due, so that nothing is ever skipped by mistake.
        return Number.isNaN(at) ? 0 : at;
      }
      return null;
    };
  });
}

function keySchemaOf(store: TableStore, { table: name, index }: DueSource): KeySchema | undefined {
  const table = store.table(name);
  if (table === null || index === undefined) return table?.KeySchema;
  return table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === index)?.KeySchema;
}
