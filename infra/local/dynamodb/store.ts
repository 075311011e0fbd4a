import type { StatementSync } from "node:sqlite";
import { isDeepStrictEqual } from "node:util";
import type { StateDatabase } from "../state/database.ts";
import {
  type Callback,
  type EngineStore,
  engineDatabase,
  type IndexActions,
  type IndexDescription,
  type Item,
  type ItemStore,
  type TableDescription,
  type Touched,
} from "./dynalite.ts";
import { itemBytes, writeUnits } from "./units.ts";

export type TableStore = EngineStore & {
  readonly table: (name: string) => TableDescription | null;
  readonly tables: () => readonly TableDescription[];
  readonly saveTable: (table: TableDescription) => void;
  readonly get: (tableName: string, key: string) => Item | null;
  /** How often anything was written: while it stays the same, every read answers the same. */
  readonly writes: () => number;
  /** Enters every item of a table into one of its indexes, which was declared later than the items were put. */
  readonly fillIndex: (table: TableDescription, index: IndexDescription) => void;
};

const MAX_ITEM_BYTES = 400 * 1024;
const SCHEMA = [
  "CREATE TABLE IF NOT EXISTS dynamo_tables (name TEXT PRIMARY KEY, description TEXT NOT NULL)",
  "CREATE TABLE IF NOT EXISTS dynamo_items (space TEXT, key TEXT, item TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (space, key)) WITHOUT ROWID",
  "CREATE TABLE IF NOT EXISTS dynamo_index (space TEXT, key TEXT, item_key TEXT NOT NULL, PRIMARY KEY (space, key)) WITHOUT ROWID",
];

const sqlOf = (database: StateDatabase) => ({
  get: database.prepare("SELECT item, bytes FROM dynamo_items WHERE space = ? AND key = ?"),
  bytes: database.prepare("SELECT bytes FROM dynamo_items WHERE space = ? AND key = ?"),
  put: database.prepare(
    "INSERT INTO dynamo_items (space, key, item, bytes) VALUES (?, ?, ?, ?) ON CONFLICT (space, key) DO UPDATE SET item = excluded.item, bytes = excluded.bytes",
  ),
  del: database.prepare("DELETE FROM dynamo_items WHERE space = ? AND key = ?"),
  putIndex: database.prepare(
    "INSERT INTO dynamo_index (space, key, item_key) VALUES (?, ?, ?) ON CONFLICT (space, key) DO UPDATE SET item_key = excluded.item_key",
  ),
  emptyIndex: database.prepare("DELETE FROM dynamo_index WHERE space = ?"),
  delIndex: database.prepare("DELETE FROM dynamo_index WHERE space = ? AND key = ?"),
  saveTable: database.prepare(
    "INSERT INTO dynamo_tables (name, description) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET description = excluded.description",
  ),
  tables: database.prepare("SELECT description FROM dynamo_tables ORDER BY name"),
});
type Around = {
  readonly database: StateDatabase;
  readonly sql: ReturnType<typeof sqlOf>;
  readonly touched: Touched;
};

/** Tables in SQLite, in the form that dynalite's operations expect. Every callback runs before the call returns. */
export function createTableStore(state: StateDatabase): TableStore {
  state.define(...SCHEMA);
  let writes = 0;
  const write: StateDatabase["write"] = (work) => {
    writes += 1;
    return state.write(work);
  };
  const database = { ...state, write };
  const sql = sqlOf(database);
  const tables = new Map<string, TableDescription>();
  for (const row of sql.tables.all()) {
    const table: TableDescription = JSON.parse(String(row.description));
    tables.set(table.TableName, table);
  }
  const touched: Touched = { readBytes: 0, itemsRead: 0, writeUnits: 0, indexUnits: 0, keys: [] };
  const around: Around = { database, sql, touched };
  const itemStores = new Map<string, ItemStore>();
  const rows = createRowReader(database);

  const getTable = (
    name: string,
    checkStatus: boolean | Callback<TableDescription>,
    done?: Callback<TableDescription>,
  ): void => {
    const answer = typeof checkStatus === "function" ? checkStatus : done;
    const table = tables.get(name);
    if (table === undefined) answer?.(tableMissing());
    else answer?.(null, table);
  };
  return {
    options: { maxItemSize: MAX_ITEM_BYTES },
    touched,
    getTable,
    getItemDb: (tableName) => {
      const known = itemStores.get(tableName);
      if (known !== undefined) return known;
      const created = itemStoreOf(tableName, around);
      itemStores.set(tableName, created);
      return created;
    },
    table: (name) => tables.get(name) ?? null,
    tables: () => [...tables.values()],
    saveTable: (table) => {
      tables.set(table.TableName, table);
      database.write(() => sql.saveTable.run(table.TableName, JSON.stringify(table)));
    },
    get: (tableName, key) => {
      const row = sql.get.get(tableName, key);
      return row === undefined ? null : parseItem(String(row.item));
    },
    writes: () => writes,
    updateIndexes: updatesOf(around),
    rows,
    fillIndex: (table, index) => {
      database.write(() => sql.emptyIndex.run(indexSpace(table.TableName, index.IndexName)));
      for (const { item } of [...rows(table.TableName, undefined, {})]) {
        for (const put of engineDatabase.getIndexActions([index], null, item, table).puts) {
          putIntoIndex(around, table, put);
        }
      }
    },
  };
}

const itemStoreOf = (space: string, { database, sql, touched }: Around): ItemStore => ({
  lock: (_key, work) => work((done) => done),
  get: (key, done) => {
    const row = sql.get.get(space, key);
    if (row === undefined) return done(null, undefined);
    touched.itemsRead += 1;
    touched.readBytes += Number(row.bytes);
    done(null, parseItem(String(row.item)));
  },
  put: (key, item, done) => {
    const bytes = itemBytes(item);
    const previous = Number(sql.bytes.get(space, key)?.bytes ?? 0);
    touched.writeUnits += writeUnits(Math.max(bytes, previous));
    touched.keys.push(`${space}\n${key}`);
    database.write(() => sql.put.run(space, key, JSON.stringify(item), bytes));
    done(null);
  },
  del: (key, done) => {
    touched.writeUnits += writeUnits(Number(sql.bytes.get(space, key)?.bytes ?? 0));
    touched.keys.push(`${space}\n${key}`);
    database.write(() => sql.del.run(space, key));
    done(null);
  },
});

const updatesOf =
  (around: Around): EngineStore["updateIndexes"] =>
  (table, existing, item) => {
    const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])];
    if (indexes.length === 0) return;
    const { database, sql, touched } = around;
    const actions = engineDatabase.getIndexActions(indexes, existing, item, table);
    const before = engineDatabase.getIndexActions(indexes, null, existing, table).puts;
    const wasIn = (index: string) => before.find((one) => one.index === index);
    for (const gone of actions.deletes) {
      touched.indexUnits += writeUnits(itemBytes(wasIn(gone.index)?.item ?? {}));
      database.write(() => sql.delIndex.run(indexSpace(table.TableName, gone.index), gone.key));
    }
    for (const put of actions.puts) {
      if (isLeft(put, wasIn(put.index))) continue;
      touched.indexUnits += writeUnits(itemBytes(put.item));
      putIntoIndex(around, table, put);
    }
  };

type IndexPut = IndexActions["puts"][number];

/** What an update leaves as it is costs no write of the index ("Global secondary indexes", developer guide). */
const isLeft = (put: IndexPut, before: IndexPut | undefined): boolean =>
  put.key === before?.key &&
  Object.entries(put.item).every(([name, value]) => isDeepStrictEqual(value, before.item[name]));

const putIntoIndex = ({ database, sql }: Around, table: TableDescription, put: IndexPut): void => {
  const itemKey = engineDatabase.createKey(put.item, table);
  database.write(() => sql.putIndex.run(indexSpace(table.TableName, put.index), put.key, itemKey));
};

const indexSpace = (tableName: string, indexName: string): string => `${tableName}/${indexName}`;

const FROM_ITEMS = "SELECT item, bytes FROM dynamo_items WHERE space = ?";
const FROM_INDEX =
  "SELECT item, bytes FROM dynamo_index JOIN dynamo_items ON dynamo_items.space = ? AND dynamo_items.key = dynamo_index.item_key WHERE dynamo_index.space = ?";

/** Reads a range in key order, lazily, so that a page stops where its limit or its megabyte ends. */
function createRowReader(database: StateDatabase): TableStore["rows"] {
  const statements = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const statement = statements.get(text) ?? database.prepare(text);
    statements.set(text, statement);
    return statement;
  };
  return function* readRows(tableName, indexName, range) {
    const column = indexName === undefined ? "dynamo_items.key" : "dynamo_index.key";
    const bounds: [string, string][] = [];
    if (range.gte !== undefined) bounds.push([">=", range.gte]);
    if (range.gt !== undefined) bounds.push([">", range.gt]);
    if (range.lte !== undefined) bounds.push(["<=", range.lte]);
    if (range.lt !== undefined) bounds.push(["<", range.lt]);
    const where = bounds.map(([comparison]) => ` AND ${column} ${comparison} ?`).join("");
    const order = ` ORDER BY ${column} ${range.reverse === true ? "DESC" : "ASC"}`;
    const statement = prepare((indexName === undefined ? FROM_ITEMS : FROM_INDEX) + where + order);
    const spaces = indexName === undefined ? [tableName] : [tableName, indexSpace(tableName, indexName)];
    for (const row of statement.iterate(...spaces, ...bounds.map(([, key]) => key))) {
      yield { item: parseItem(String(row.item)), bytes: Number(row.bytes) };
    }
  };
}

/** Reads back what `put` wrote: the only writer of this column. */
function parseItem(text: string): Item {
  const item: Item = JSON.parse(text);
  return item;
}

function tableMissing(): Error {
  return Object.assign(new Error("Requested resource not found"), {
    statusCode: 400,
    body: {
      __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
      message: "Requested resource not found",
    },
  });
}
