import type { StateDatabase } from "../state/database.ts";
import { engineDatabase, type Item } from "./dynalite.ts";
import type { TableStore } from "./store.ts";

export type TimeToLive = {
  readonly attributeOf: (table: string) => string | null;
  readonly set: (table: string, attribute: string | null) => void;
  /** Deletes what has expired. @returns how many items */
  readonly sweep: () => number;
};

/** Real tables delete within days; here expired items go at every sweep. Older than five years is left alone, as in DynamoDB. */
const OLDEST_SECONDS = 5 * 365.25 * 86_400;

export function createTimeToLive(database: StateDatabase, store: TableStore, now: () => number): TimeToLive {
  database.define("CREATE TABLE IF NOT EXISTS dynamo_ttl (name TEXT PRIMARY KEY, attribute TEXT)");
  const select = database.prepare("SELECT attribute FROM dynamo_ttl WHERE name = ?");
  const upsert = database.prepare("INSERT OR REPLACE INTO dynamo_ttl (name, attribute) VALUES (?, ?)");
  const expired = database.prepare(
    `SELECT key, item FROM dynamo_items WHERE space = ?1
     AND CAST(json_extract(item, ?2) AS REAL) BETWEEN ?3 AND ?4`,
  );
  const attributeOf = (table: string): string | null => {
    const attribute = select.get(table)?.attribute;
    return typeof attribute === "string" ? attribute : null;
  };
  const sweepTable = (name: string, attribute: string): number => {
    const table = store.table(name);
    if (table === null) return 0;
    const seconds = now() / 1000;
    const path = `$."${attribute.replaceAll('"', "")}".N`;
    const rows = expired.all(name, path, seconds - OLDEST_SECONDS, seconds);
    database.atomically(() => {
      for (const row of rows) {
        const item: Item = JSON.parse(String(row.item));
        engineDatabase.updateIndexes(store, table, item, null, () => {});
        store.getItemDb(name).del(String(row.key), () => {});
      }
    });
    return rows.length;
  };
  return {
    attributeOf,
    set: (table, attribute) => {
      database.write(() => upsert.run(table, attribute));
    },
    sweep: () =>
      store.tables().reduce((sum, table) => {
        const attribute = attributeOf(table.TableName);
        return attribute === null ? sum : sum + sweepTable(table.TableName, attribute);
      }, 0),
  };
}
