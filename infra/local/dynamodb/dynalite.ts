import { createRequire } from "node:module";

/**
 * The parts of dynalite 4.0.0 (exact pin) used as the engine: validations, expressions, conditions and the logic of
 * each operation. Its LevelDB store is replaced by SQLite (store.ts): measured, its asynchronous layers cost more than
 * the work itself, and a synchronous store makes transactions atomic on disk.
 */
export type AttributeValue = { readonly [type: string]: unknown };
export type Item = { readonly [name: string]: AttributeValue };
export type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: string }[];
export type IndexDescription = {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
};
export type TableDescription = {
  readonly TableName: string;
  readonly KeySchema: KeySchema;
  readonly AttributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: string;
  }[];
  readonly GlobalSecondaryIndexes?: readonly IndexDescription[];
  readonly LocalSecondaryIndexes?: readonly IndexDescription[];
  readonly TableStatus: string;
  readonly [other: string]: unknown;
};
/** A request after validation; names with an underscore hold parsed expressions. */
export type OperationData = {
  TableName: string;
  Item?: Item;
  Key?: Item;
  IndexName?: string;
  Limit?: number;
  Select?: string;
  ConsistentRead?: boolean;
  ConditionalOperator?: string;
  QueryFilter?: unknown;
  ScanFilter?: unknown;
  AttributesToGet?: readonly string[];
  ReturnConsumedCapacity?: string;
  _filter?: { readonly expression: unknown };
  _projection?: { readonly paths: readonly unknown[] };
  [other: string]: unknown;
};
export type Callback<T> = (error: unknown, result?: T) => void;
export type RangeOptions = {
  readonly gte?: string;
  readonly gt?: string;
  readonly lte?: string;
  readonly lt?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
};
export type IndexActions = {
  readonly puts: readonly { readonly index: string; readonly key: string; readonly item: Item }[];
  readonly deletes: readonly { readonly index: string; readonly key: string }[];
};
/** What dynalite's operations ask of a store. Ours answers every callback before it returns. */
export type EngineStore = {
  readonly options: { readonly maxItemSize: number };
  readonly getTable: (
    name: string,
    checkStatus: boolean | Callback<TableDescription>,
    done?: Callback<TableDescription>,
  ) => void;
  readonly getItemDb: (tableName: string) => ItemStore;
  /** Reset before each operation, read after it. */
  readonly touched: Touched;
  readonly updateIndexes: (
    table: TableDescription,
    existing: Item | null | undefined,
    item: Item | null | undefined,
  ) => void;
  /** A range of a table or index in key order, read lazily. */
  readonly rows: (
    tableName: string,
    indexName: string | undefined,
    range: RangeOptions,
  ) => Iterable<StoredItem>;
};
export type StoredItem = { readonly item: Item; readonly bytes: number };
/** What one operation touched, for the capacity it consumes. Sizes in bytes; keys are `table\nkey`. */
export type Touched = {
  readBytes: number;
  itemsRead: number;
  writeUnits: number;
  indexUnits: number;
  keys: string[];
};
export type ItemStore = {
  readonly lock: (key: string, work: (release: <T>(done: T) => T) => void) => void;
  readonly get: (key: string, done: Callback<Item>) => void;
  readonly put: (key: string, item: Item, done: Callback<undefined>) => void;
  readonly del: (key: string, done: Callback<undefined>) => void;
};
// biome-ignore lint/complexity/useMaxParams: dynalite passes them so.
export type QueryTable = (
  store: EngineStore,
  table: TableDescription,
  data: OperationData,
  options: RangeOptions,
  isLocal: boolean | undefined,
  fetchFromItemDb: boolean,
  startKeyNames: readonly string[],
  done: Callback<unknown>,
) => void;
// biome-ignore lint/complexity/useMaxParams: dynalite passes them so.
export type UpdateIndexes = (
  store: EngineStore,
  table: TableDescription,
  existing: Item | null | undefined,
  item: Item | null | undefined,
  done: Callback<undefined>,
) => void;
type EngineDatabase = {
  createKey: (item: Item, table: TableDescription, keys?: KeySchema) => string;
  validateKey: (key: Item, table: TableDescription) => Error | undefined;
  checkConditional: (data: OperationData, existing: Item | undefined) => Error | null;
  getIndexActions: (
    indexes: readonly IndexDescription[],
    existing: Item | null | undefined,
    item: Item | null | undefined,
    table: TableDescription,
  ) => IndexActions;
  matchesExprFilter: (item: Item, expression: unknown) => boolean;
  matchesFilter: (item: Item, filter: unknown, operator: string | undefined) => boolean;
  mapPaths: (paths: readonly unknown[], item: Item) => Item;
  queryTable: QueryTable;
  updateIndexes: UpdateIndexes;
};
type Validation = { readonly types: unknown; readonly custom?: unknown };
type Action = (store: EngineStore, data: OperationData, done: Callback<{ [name: string]: unknown }>) => void;
type Validations = {
  checkTypes: (data: unknown, types: unknown) => OperationData;
  checkValidations: (data: OperationData, types: unknown, custom: unknown, store: EngineStore) => void;
};

const require = createRequire(import.meta.url);

export const engineDatabase: EngineDatabase = require("dynalite/db");
export const validations: Validations = require("dynalite/validations");

const load = (name: string): { readonly run: Action; readonly validation: Validation } => ({
  run: require(`dynalite/actions/${name}`),
  validation: require(`dynalite/validations/${name}`),
});

export const operations = {
  GetItem: load("getItem"),
  PutItem: load("putItem"),
  UpdateItem: load("updateItem"),
  DeleteItem: load("deleteItem"),
  Query: load("query"),
  Scan: load("scan"),
  BatchGetItem: load("batchGetItem"),
  BatchWriteItem: load("batchWriteItem"),
} as const;
export type EngineOperation = keyof typeof operations;
export const isEngineOperation = (name: string): name is EngineOperation => Object.hasOwn(operations, name);

export const createTableValidation: Validation = require("dynalite/validations/createTable");
