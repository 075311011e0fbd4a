import type { JsonObject } from "#kernel/json.ts";
import {
  type EngineOperation,
  engineDatabase,
  type Item,
  type OperationData,
  operations,
  validations,
} from "./dynalite.ts";
import { rememberExpressions } from "./expression-cache.ts";
import { installStoreHooks } from "./query.ts";
import type { TableStore } from "./store.ts";
import { readUnits } from "./units.ts";

/** An answer in DynamoDB's wire form, with the capacity it consumed. */
export type EngineAnswer = {
  readonly status: number;
  readonly body: { readonly [name: string]: unknown };
  readonly readUnits: number;
  readonly writeUnits: number;
};

export const DYNAMO = "com.amazonaws.dynamodb.v20120810#";

/** An answer that says what is wrong; it consumes nothing unless told otherwise. */
export const refusal = (
  type: string,
  message: string,
  more: { readonly [name: string]: unknown } = {},
): EngineAnswer => ({
  status: 400,
  body: { __type: type, message, ...more },
  readUnits: 0,
  writeUnits: 0,
});
export const validationRefusal = (message: string): EngineAnswer =>
  refusal("com.amazon.coral.validate#ValidationException", message);

installStoreHooks();
rememberExpressions();

/** Types, ranges and expressions of a request, checked by dynalite. @throws an error with `statusCode` and `body` */
export function validate(store: TableStore, operation: EngineOperation, request: unknown): OperationData {
  const { validation } = operations[operation];
  const data = validations.checkTypes(request, validation.types);
  validations.checkValidations(data, validation.types, validation.custom, store);
  return data;
}

/** Runs one operation to its end before it returns: dynalite calls back at once over a synchronous store. */
export function run(
  store: TableStore,
  operation: EngineOperation,
  data: OperationData,
): { [name: string]: unknown } {
  let outcome: { readonly error: unknown; readonly result: { [name: string]: unknown } | undefined } | null =
    null;
  const settle = (error: unknown, result?: { [name: string]: unknown }): void => {
    outcome = { error, result };
  };
  operations[operation].run(store, data, settle);
  return unwrap(outcome);
}

function unwrap(
  outcome: { readonly error: unknown; readonly result: { [name: string]: unknown } | undefined } | null,
): {
  [name: string]: unknown;
} {
  if (outcome === null) throw new Error("the DynamoDB engine did not answer at once");
  if (outcome.error) throw outcome.error;
  return outcome.result ?? {};
}

/** The wire answer inside an error that dynalite threw; other errors are bugs and are thrown on. */
export function refusalFrom(error: unknown): EngineAnswer {
  if (error instanceof Error && "body" in error && typeof error.body === "object" && error.body !== null) {
    return { status: 400, body: { ...error.body }, readUnits: 0, writeUnits: 0 };
  }
  throw error;
}

export const isConditionFailure = (answer: EngineAnswer): boolean =>
  String(answer.body.__type).endsWith("ConditionalCheckFailedException");

/** The item a write names, as it is now; for `ReturnValuesOnConditionCheckFailure`. */
export function currentItem(
  store: TableStore,
  data: { readonly TableName: string; readonly [key: string]: unknown },
): Item | null {
  const table = store.table(data.TableName);
  const named = data.Key ?? data.Item;
  if (table === null || typeof named !== "object" || named === null) return null;
  const item: Item = { ...named };
  return store.get(data.TableName, engineDatabase.createKey(item, table));
}

/** Runs one plain operation (no transaction) and counts what it consumed. */
export function execute(store: TableStore, operation: EngineOperation, request: JsonObject): EngineAnswer {
  const wantsOld = request.ReturnValuesOnConditionCheckFailure === "ALL_OLD";
  const wantsCapacity = request.ReturnConsumedCapacity;
  try {
    const data = validate(store, operation, { ...request, ReturnConsumedCapacity: null });
    reset(store);
    try {
      const result = run(store, operation, data);
      const consumed = consumption(
        store,
        operation,
        data.ConsistentRead === true || consistentBatch(request),
      );
      const capacity = consumed.readUnits + consumed.writeUnits;
      const shown =
        wantsCapacity === "TOTAL" || wantsCapacity === "INDEXES" ? consumedCapacity(request, capacity) : {};
      return { status: 200, body: { ...result, ConsumedCapacity: undefined, ...shown }, ...consumed };
    } catch (error) {
      const answer = refusalFrom(error);
      if (!isConditionFailure(answer)) return answer;
      const existing = currentItem(store, data);
      const consumed = { readUnits: 0, writeUnits: Math.max(1, Math.ceil(store.touched.readBytes / 1024)) };
      return {
        ...answer,
        ...consumed,
        body: { ...answer.body, ...(wantsOld && existing ? { Item: existing } : {}) },
      };
    }
  } catch (error) {
    return refusalFrom(error);
  }
}

function consumedCapacity(request: JsonObject, units: number): { readonly [name: string]: unknown } {
  const tables = request.RequestItems;
  if (typeof tables !== "object" || tables === null) {
    return { ConsumedCapacity: { TableName: request.TableName, CapacityUnits: units } };
  }
  return { ConsumedCapacity: Object.keys(tables).map((name) => ({ TableName: name, CapacityUnits: units })) };
}

function consistentBatch(request: JsonObject): boolean {
  const tables = request.RequestItems;
  if (typeof tables !== "object" || tables === null) return false;
  return Object.values(tables).some(
    (one) => typeof one === "object" && one !== null && "ConsistentRead" in one,
  );
}

export function reset(store: TableStore): void {
  store.touched.readBytes = 0;
  store.touched.itemsRead = 0;
  store.touched.writeUnits = 0;
  store.touched.indexUnits = 0;
  store.touched.keys = [];
}

function consumption(
  store: TableStore,
  operation: EngineOperation,
  consistent: boolean,
): { readUnits: number; writeUnits: number } {
  const { touched } = store;
  switch (operation) {
    case "GetItem":
    case "Query":
    case "Scan":
      return { readUnits: readUnits(touched.readBytes, consistent), writeUnits: 0 };
    case "BatchGetItem": {
      // Each item of a batch is rounded up on its own; the mean is exact when they are alike.
      const count = Math.max(1, touched.itemsRead);
      return { readUnits: count * readUnits(touched.readBytes / count, consistent), writeUnits: 0 };
    }
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
    case "BatchWriteItem":
      return { readUnits: 0, writeUnits: touched.writeUnits + touched.indexUnits };
  }
}
