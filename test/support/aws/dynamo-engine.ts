import { randomUUID } from "node:crypto";
import { CreateTableCommand, DynamoDBClient, type KeySchemaElement } from "@aws-sdk/client-dynamodb";
import { INDEXES } from "#adapters/dynamodb/requests/indexes.ts";
import { createDynamoService } from "#infra/local/dynamodb/service.ts";
import { createTableStore } from "#infra/local/dynamodb/store.ts";
import { createTransactions } from "#infra/local/dynamodb/transactions.ts";
import { createTimeToLive } from "#infra/local/dynamodb/ttl.ts";
import { createUsage } from "#infra/local/machine/usage.ts";
import { openState } from "#infra/local/state/database.ts";

/** The part of a request that the SDK hands to its HTTP layer that we need. */
type SdkRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
};
export type DynamoEngine = {
  readonly client: DynamoDBClient;
  /** Names of the operations asked for since the last look, in order. */
  readonly operations: () => string[];
  /** Units consumed since the last look. */
  readonly units: () => { readonly read: number; readonly write: number };
  readonly stop: () => void;
};

const bodyText = (body: unknown): string =>
  typeof body === "string" ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : "";

/** A client whose requests go straight to the service; `asked` takes down their operations. */
const clientOf = (
  service: ReturnType<typeof createDynamoService>,
  asked: string[],
  committed: () => Promise<void>,
): DynamoDBClient =>
  new DynamoDBClient({
    endpoint: "http://127.0.0.1",
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    requestHandler: {
      handle: async (request: SdkRequest) => {
        const operation = (request.headers["x-amz-target"] ?? "").split(".")[1] ?? "";
        asked.push(operation);
        const answer = await service(operation, {
          method: request.method,
          path: request.path,
          query: "",
          headers: request.headers,
          body: bodyText(request.body),
          caller: null,
        });
        if (answer === null) throw new Error(`the engine does not know ${operation}`);
        await committed();
        return {
          response: {
            statusCode: answer.status,
            headers: { ...answer.headers },
            body: Buffer.from(answer.body),
          },
        };
      },
    },
  });

type Index = {
  readonly name: string;
  readonly keys: readonly [string, string];
  readonly projects?: "KEYS_ONLY";
};

const createTable = async (
  client: DynamoDBClient,
  TableName: string,
  keys: readonly string[],
  indexes: readonly Index[] = [],
): Promise<void> => {
  const keySchema = ([partition, sort]: readonly string[]): KeySchemaElement[] => [
    { AttributeName: partition, KeyType: "HASH" },
    ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: "RANGE" } as const]),
  ];
  const named = [...new Set([...keys, ...indexes.flatMap((index) => index.keys)])];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: named.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
      KeySchema: keySchema(keys),
      ...(indexes.length === 0
        ? {}
        : {
            GlobalSecondaryIndexes: indexes.map((index) => ({
              IndexName: index.name,
              KeySchema: keySchema(index.keys),
              Projection: { ProjectionType: index.projects ?? "ALL" },
            })),
          }),
    }),
  );
};

/** The tables as core declares them, as far as tests of stores need them. */
const createTables = async (client: DynamoDBClient): Promise<void> => {
  for (const name of ["customers", "timers", "learning", "drafts", "chats"])
    await createTable(client, name, ["pk", "sk"]);
  await createTable(client, "codes", ["pk"]);
  await createTable(
    client,
    "history",
    ["pk"],
    [
      { name: INDEXES.historyByCustomer, keys: ["customerId", "at"] },
      { name: INDEXES.historyBySweep, keys: ["sweepShard", "sweepAt"], projects: "KEYS_ONLY" },
    ],
  );
  await createTable(
    client,
    "conversations",
    ["pk", "sk"],
    [
      { name: INDEXES.conversationsByQueue, keys: ["queue", "place"] },
      { name: INDEXES.conversationsByDue, keys: ["queue", "due"] },
      { name: INDEXES.conversationsByAssignee, keys: ["holder", "place"] },
      { name: INDEXES.conversationsByCustomer, keys: ["customerId", "opened"] },
    ],
  );
  await createTable(client, "jobs", ["pk", "sk"], [{ name: INDEXES.jobsByKind, keys: ["kind", "created"] }]);
  await createTable(
    client,
    "runs",
    ["pk", "sk"],
    [
      { name: INDEXES.runsByStep, keys: ["stepKey", "since"], projects: "KEYS_ONLY" },
      { name: INDEXES.runsByDue, keys: ["dueKey", "due"], projects: "KEYS_ONLY" },
    ],
  );
};

/**
 * The local cloud's DynamoDB, with transactions, in memory and without a socket: the client's requests go straight into
 * the engine. With `RAPPORT_TEST_DYNAMODB` the one at that address (docs/deploy.md). Holds the tables `customers`, `history`, `timers`, `learning`, `codes`, `chats`, `conversations`, `jobs` and `runs` as core declares them.
 */
export const startDynamoEngine = async (): Promise<DynamoEngine> => {
  const elsewhere = process.env.RAPPORT_TEST_DYNAMODB;
  return elsewhere === undefined ? startOwnEngine() : joinEngine(elsewhere);
};

/** DynamoDB Local at an address: by access key it keeps the tables of one caller from those of another. */
const joinEngine = async (endpoint: string): Promise<DynamoEngine> => {
  const accessKeyId = randomUUID().replaceAll("-", "");
  const client = new DynamoDBClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId, secretAccessKey: "local" },
  });
  const asked: string[] = [];
  const consumed = { read: 0, write: 0 };
  client.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        asked.push(String(commandName).replace(/Command$/, ""));
        return next(args);
      },
    { step: "initialize" },
  );
  await createTables(client);
  asked.length = 0;
  return {
    client,
    operations: () => asked.splice(0),
    // It counts them in answers alone, which stores do not ask for.
    units: () => consumed,
    stop: () => client.destroy(),
  };
};

const startOwnEngine = async (): Promise<DynamoEngine> => {
  const now = () => Date.now();
  const state = openState(null);
  const store = createTableStore(state);
  const consumed = { read: 0, write: 0 };
  const usage = createUsage(now);
  const service = createDynamoService({
    store,
    transactions: createTransactions(state, store, now),
    timeToLive: createTimeToLive(state, store, now),
    usage: {
      ...usage,
      units: (read, write) => {
        consumed.read += read;
        consumed.write += write;
      },
    },
    arnOf: (table) => `arn:aws:dynamodb:us-east-1:000000000000:table/${table}`,
    now,
  });
  const asked: string[] = [];
  const client = clientOf(service, asked, () => state.committed());
  await createTables(client);
  asked.length = 0;
  return {
    client,
    operations: () => asked.splice(0),
    units: () => {
      const since = { ...consumed };
      consumed.read = 0;
      consumed.write = 0;
      return since;
    },
    stop: () => {
      client.destroy();
      state.close();
    },
  };
};
