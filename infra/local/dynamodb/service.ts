import { randomUUID } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { flagAt, objectAt, parseObject, textAt } from "../aws/json.ts";
import { type AwsResponse, jsonResponse, type Service } from "../aws/protocol.ts";
import type { Usage } from "../machine/usage.ts";
import { createTableValidation, isEngineOperation, type TableDescription, validations } from "./dynalite.ts";
import { DYNAMO, type EngineAnswer, execute, refusal, refusalFrom } from "./engine.ts";
import type { TableStore } from "./store.ts";
import type { Transactions } from "./transactions.ts";
import type { TimeToLive } from "./ttl.ts";

type Around = {
  readonly store: TableStore;
  readonly transactions: Transactions;
  readonly timeToLive: TimeToLive;
  readonly usage: Usage;
  readonly arnOf: (table: string) => string;
  readonly now: () => number;
};

/** The DynamoDB API in its JSON protocol: dynalite's operations, transactions, TTL and the descriptions of tables. */
export function createDynamoService(around: Around): Service {
  return (operation, request) => {
    const input = parseObject(request.body);
    if (input === null)
      return wire(refusal("com.amazon.coral.service#SerializationException", "not a JSON object"));
    const answer = dispatch(around, operation, input);
    if (answer === null) return null;
    around.usage.units(answer.readUnits, answer.writeUnits, {
      function: request.caller,
      table: tableOf(input),
    });
    return wire(answer);
  };
}

const tableOf = (input: JsonObject): string =>
  textAt(input, "TableName") ?? Object.keys(objectAt(input, "RequestItems"))[0] ?? "several";

const wire = (answer: EngineAnswer): AwsResponse => ({ ...jsonResponse(answer.body), status: answer.status });

function dispatch(around: Around, operation: string, input: JsonObject): EngineAnswer | null {
  if (isEngineOperation(operation)) {
    return around.transactions.conflictOf(operation, input) ?? execute(around.store, operation, input);
  }
  switch (operation) {
    case "TransactWriteItems":
      return around.transactions.write(input);
    case "TransactGetItems":
      return around.transactions.get(input);
    case "CreateTable":
      return createTable(around, input);
    case "DescribeTable":
      return withTable(around, input, (table) => ({ Table: table }));
    case "ListTables":
      return done({ TableNames: around.store.tables().map((table) => table.TableName) });
    case "DescribeTimeToLive":
      return withTable(around, input, (table) => ({
        TimeToLiveDescription: describeTimeToLive(around, table.TableName),
      }));
    case "UpdateTimeToLive":
      return withTable(around, input, (table) => updateTimeToLive(around, table.TableName, input));
    default:
      return null;
  }
}

const done = (body: { readonly [name: string]: unknown }): EngineAnswer => ({
  status: 200,
  body,
  readUnits: 0,
  writeUnits: 0,
});

function withTable(
  around: Around,
  input: JsonObject,
  work: (table: TableDescription) => { readonly [name: string]: unknown },
): EngineAnswer {
  const name = textAt(input, "TableName") ?? "";
  const table = around.store.table(name);
  if (table !== null) return done(work(table));
  return refusal(
    `${DYNAMO}ResourceNotFoundException`,
    `Requested resource not found: Table: ${name} not found`,
  );
}

function createTable(around: Around, input: JsonObject): EngineAnswer {
  try {
    const definition = validations.checkTypes({ ...input }, createTableValidation.types);
    validations.checkValidations(
      definition,
      createTableValidation.types,
      createTableValidation.custom,
      around.store,
    );
    if (around.store.table(definition.TableName) !== null) {
      return refusal(`${DYNAMO}ResourceInUseException`, `Table already exists: ${definition.TableName}`);
    }
    return done({ TableDescription: declareTable(around, input) });
  } catch (error) {
    return refusalFrom(error);
  }
}

/** Creates a table, or takes over a changed definition; items stay, and are entered into indexes that are new. */
export function declareTable(
  around: Pick<Around, "store" | "arnOf" | "now">,
  definition: JsonObject,
): TableDescription {
  const name = textAt(definition, "TableName") ?? "";
  const table: TableDescription = JSON.parse(
    JSON.stringify({
      TableName: name,
      KeySchema: definition.KeySchema,
      AttributeDefinitions: definition.AttributeDefinitions,
      GlobalSecondaryIndexes: definition.GlobalSecondaryIndexes,
      LocalSecondaryIndexes: definition.LocalSecondaryIndexes,
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
      TableArn: around.arnOf(name),
      TableId: randomUUID(),
      TableStatus: "ACTIVE",
      CreationDateTime: Math.floor(around.now() / 1000),
      ItemCount: 0,
      TableSizeBytes: 0,
    }),
  );
  const known = around.store.table(name)?.GlobalSecondaryIndexes ?? [];
  around.store.saveTable(table);
  for (const index of table.GlobalSecondaryIndexes ?? []) {
    if (!known.some(({ IndexName }) => IndexName === index.IndexName)) around.store.fillIndex(table, index);
  }
  return table;
}

function describeTimeToLive(around: Around, table: string): object {
  const attribute = around.timeToLive.attributeOf(table);
  return attribute === null
    ? { TimeToLiveStatus: "DISABLED" }
    : { TimeToLiveStatus: "ENABLED", AttributeName: attribute };
}

function updateTimeToLive(
  around: Around,
  table: string,
  input: JsonObject,
): { readonly [name: string]: unknown } {
  const specification = objectAt(input, "TimeToLiveSpecification");
  const enabled = flagAt(specification, "Enabled");
  around.timeToLive.set(table, enabled ? (textAt(specification, "AttributeName") ?? null) : null);
  return { TimeToLiveSpecification: specification };
}
