import { engineDatabase, type Item } from "./dynalite.ts";
import type { TableStore } from "./store.ts";

/**
 * Reads when the earliest item of one partition is due: its smallest sort key, an ISO-8601 moment, perhaps followed by
 * `#` and an id. Answers ms, or null when the partition is empty.
 */
export function readDueSource(
  store: TableStore,
  source: { readonly table: string; readonly pk: string },
): () => number | null {
  const table = store.table(source.table);
  const sortKey = table?.KeySchema[1]?.AttributeName;
  if (table === null || sortKey === undefined) {
    throw new Error(`rapport:skipWhileEmpty names ${source.table}, which is no table with a sort key`);
  }
  const partitionKey = table.KeySchema[0]?.AttributeName ?? "";
  const key: Item = { [partitionKey]: { S: source.pk }, [sortKey]: { S: "" } };
  // The key of an empty sort key is the partition's own prefix with one more slash.
  const prefix = engineDatabase.createKey(key, table).slice(0, -1);
  return () => {
    for (const row of store.rows(source.table, undefined, { gte: prefix, lt: `${prefix}~` })) {
      const at = Date.parse(String(row.item[sortKey]?.S).split("#")[0] ?? "");
      // A sort key that is no moment counts as due, so that nothing is ever skipped by mistake.
      return Number.isNaN(at) ? 0 : at;
    }
    return null;
  };
}
