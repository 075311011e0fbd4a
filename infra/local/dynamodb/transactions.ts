import { createHash } from "node:crypto";
import { isObject, type JsonObject } from "#kernel/json.ts";
import { objectAt, objectsAt, textAt } from "../aws/json.ts";
import type { StateDatabase } from "../state/database.ts";
import { engineDatabase, type Item, type OperationData } from "./dynalite.ts";
import {
  currentItem,
  DYNAMO,
  type EngineAnswer,
  isConditionFailure,
  refusal,
  refusalFrom,
  reset,
  run,
  validate,
  validationRefusal,
} from "./engine.ts";
import { createRequestTokens } from "./request-tokens.ts";
import type { TableStore } from "./store.ts";
import { readUnits } from "./units.ts";

const MAX_ACTIONS = 100;

type Write = {
  readonly kind: "PutItem" | "UpdateItem" | "DeleteItem" | "ConditionCheck";
  readonly request: JsonObject;
  readonly data: OperationData;
};
type Reason = { readonly Code: string; readonly Message?: string; readonly Item?: Item };

export type Transactions = {
  readonly write: (request: JsonObject) => EngineAnswer;
  readonly get: (request: JsonObject) => EngineAnswer;
  /** Refuses a plain write that meets a transaction still on its way to disk; null when nothing is in the way. */
  readonly conflictOf: (operation: string, request: JsonObject) => EngineAnswer | null;
};

/** What dynalite lacks: all-or-nothing writes over several items, and reads of several items at one moment. */
export function createTransactions(
  database: StateDatabase,
  store: TableStore,
  now: () => number,
): Transactions {
  const tokens = createRequestTokens(database, now);
  /** Keys whose transaction is not acknowledged yet: whoever writes them meanwhile is concurrent with it. */
  const inFlight = new Set<string>();

  const conflictAmong = (keys: readonly string[]): EngineAnswer | null => {
    if (!keys.some((key) => inFlight.has(key))) return null;
    return cancelled(
      keys.map((key) => (inFlight.has(key) ? CONFLICT : { Code: "None" })),
      0,
    );
  };
  const commit = (actions: readonly JsonObject[]): EngineAnswer => {
    const writes = actions.map((action) => parseWrite(store, action));
    const keys = writes.map((one) => keyOf(store, one.data));
    if (new Set(keys).size !== keys.length) {
      return validationRefusal("Transaction request cannot include multiple operations on one item");
    }
    const answer = conflictAmong(keys) ?? apply(database, store, writes);
    if (answer.status !== 200) return answer;
    for (const key of keys) inFlight.add(key);
    database.afterCommit(() => {
      for (const key of keys) inFlight.delete(key);
    });
    return answer;
  };

  const write = (request: JsonObject): EngineAnswer => {
    const actions = objectsAt(request, "TransactItems");
    if (actions.length === 0 || actions.length > MAX_ACTIONS) return wrongLength();
    const token = textAt(request, "ClientRequestToken");
    const digest = createHash("sha256").update(JSON.stringify(request.TransactItems)).digest("base64");
    const seen = token === undefined ? "never" : tokens.seen(token, digest);
    if (seen === "same") return { status: 200, body: {}, readUnits: 2 * actions.length, writeUnits: 0 };
    if (seen === "other") return tokenReused();
    try {
      const answer = commit(actions);
      if (answer.status === 200 && token !== undefined) tokens.remember(token, digest);
      return answer;
    } catch (error) {
      return refusalFrom(error);
    }
  };

  const get = (request: JsonObject): EngineAnswer => {
    const gets = objectsAt(request, "TransactItems").map((action) => objectAt(action, "Get"));
    if (gets.length === 0 || gets.length > MAX_ACTIONS) return wrongLength();
    try {
      const datas = gets.map((one) => validate(store, "GetItem", { ...one, ConsistentRead: true }));
      return conflictAmong(datas.map((data) => keyOf(store, data))) ?? read(store, datas);
    } catch (error) {
      return refusalFrom(error);
    }
  };

  const conflictOf = (operation: string, request: JsonObject): EngineAnswer | null => {
    if (inFlight.size === 0 || !["PutItem", "UpdateItem", "DeleteItem"].includes(operation)) return null;
    const key = rawKey(store, request);
    if (key === null || !inFlight.has(key)) return null;
    return refusal(`${DYNAMO}TransactionConflictException`, "Transaction is ongoing for the item");
  };
  return { write, get, conflictOf };
}

const wrongLength = (): EngineAnswer =>
  validationRefusal(`Member must have length between 1 and ${MAX_ACTIONS}: transactItems`);

const tokenReused = (): EngineAnswer =>
  refusal(
    `${DYNAMO}IdempotentParameterMismatchException`,
    "The request uses the same client token as a previous, but non-identical request.",
  );

function read(store: TableStore, datas: readonly OperationData[]): EngineAnswer {
  let units = 0;
  const responses = datas.map((data) => {
    reset(store);
    const found = run(store, "GetItem", data);
    units += 2 * readUnits(store.touched.readBytes, true);
    return found.Item === undefined ? {} : { Item: found.Item };
  });
  return { status: 200, body: { Responses: responses }, readUnits: units, writeUnits: 0 };
}

const CONFLICT: Reason = { Code: "TransactionConflict", Message: "Transaction is ongoing for the item" };

function apply(database: StateDatabase, store: TableStore, writes: readonly Write[]): EngineAnswer {
  const reasons: Reason[] = [];
  reset(store);
  try {
    database.atomically(() => {
      for (const write of writes) reasons.push(attempt(store, write));
      if (reasons.some((reason) => reason.Code !== "None")) throw new Cancelled();
    });
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    return cancelled(reasons, 2 * Math.max(writes.length, store.touched.writeUnits));
  }
  const checks = writes.filter((write) => write.kind === "ConditionCheck").length;
  const units = 2 * (store.touched.writeUnits + store.touched.indexUnits + checks);
  return { status: 200, body: {}, readUnits: 0, writeUnits: units };
}

class Cancelled extends Error {
  override readonly name = "Cancelled";
}

function attempt(store: TableStore, write: Write): Reason {
  try {
    if (write.kind === "ConditionCheck") {
      const failure = engineDatabase.checkConditional(
        write.data,
        currentItem(store, write.data) ?? undefined,
      );
      if (failure !== null) throw failure;
    } else run(store, write.kind, write.data);
    return { Code: "None" };
  } catch (error) {
    const answer = refusalFrom(error);
    const message = String(answer.body.message ?? answer.body.Message ?? "");
    if (!isConditionFailure(answer)) return { Code: "ValidationError", Message: message };
    const existing = currentItem(store, write.data);
    const shown = write.request.ReturnValuesOnConditionCheckFailure === "ALL_OLD" && existing !== null;
    return {
      Code: "ConditionalCheckFailed",
      Message: "The conditional request failed",
      ...(shown ? { Item: existing } : {}),
    };
  }
}

const KINDS: ReadonlyMap<string, Write["kind"]> = new Map([
  ["Put", "PutItem"],
  ["Update", "UpdateItem"],
  ["Delete", "DeleteItem"],
  ["ConditionCheck", "ConditionCheck"],
]);

function parseWrite(store: TableStore, action: JsonObject): Write {
  for (const [name, request] of Object.entries(action)) {
    const kind = KINDS.get(name);
    if (kind === undefined || !isObject(request)) continue;
    const checkedAs = kind === "ConditionCheck" ? "DeleteItem" : kind;
    return { kind, request, data: validate(store, checkedAs, { ...request }) };
  }
  throw malformedAction();
}

function malformedAction(): Error {
  const message = "TransactItems can only contain one of Check, Put, Update or Delete";
  return Object.assign(new Error(message), { body: validationRefusal(message).body });
}

function cancelled(reasons: readonly Reason[], units: number): EngineAnswer {
  const codes = reasons.map((reason) => reason.Code).join(", ");
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  const answer = refusal(`${DYNAMO}TransactionCanceledException`, message, {
    Message: message,
    CancellationReasons: reasons,
  });
  return { ...answer, writeUnits: units };
}

function keyOf(store: TableStore, data: OperationData): string {
  let found = "";
  store.getTable(data.TableName, (error, table) => {
    if (error || table === undefined) throw error;
    const item = data.Item ?? data.Key ?? {};
    if (data.Item === undefined) {
      const invalid = engineDatabase.validateKey(item, table);
      if (invalid != null) throw invalid;
    }
    found = `${data.TableName}\n${engineDatabase.createKey(item, table)}`;
  });
  return found;
}

function rawKey(store: TableStore, request: JsonObject): string | null {
  const table = store.table(textAt(request, "TableName") ?? "");
  if (table === null) return null;
  const named = objectAt(request, "Item" in request ? "Item" : "Key");
  const item: { [name: string]: JsonObject } = {};
  for (const [name, value] of Object.entries(named)) if (isObject(value)) item[name] = value;
  if (table.KeySchema.some((key) => item[key.AttributeName] === undefined)) return null;
  return `${table.TableName}\n${engineDatabase.createKey(item, table)}`;
}
