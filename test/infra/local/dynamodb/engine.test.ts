import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listAt, objectsAt, parseObject } from "#infra/local/aws/json.ts";
import { readDueSources } from "#infra/local/dynamodb/due-source.ts";
import { createDynamoService, declareTable } from "#infra/local/dynamodb/service.ts";
import { createTableStore, type TableStore } from "#infra/local/dynamodb/store.ts";
import { createTransactions } from "#infra/local/dynamodb/transactions.ts";
import { createTimeToLive } from "#infra/local/dynamodb/ttl.ts";
import { createUsage, type Usage } from "#infra/local/machine/usage.ts";
import { openState, type StateDatabase } from "#infra/local/state/database.ts";
import type { JsonObject } from "#kernel/json.ts";

let state: StateDatabase;
let store: TableStore;
let usage: Usage;
let now = 0;
let declare: (definition: JsonObject) => void;
let ask: (operation: string, input: JsonObject) => Promise<{ status: number; body: JsonObject }>;

beforeEach(() => {
  state = openState(null);
  now = Date.parse("2027-01-01T00:00:00Z");
  const clock = (): number => now;
  usage = createUsage(clock);
  store = createTableStore(state);
  const transactions = createTransactions(state, store, clock);
  const timeToLive = createTimeToLive(state, store, clock);
  const arnOf = (table: string): string => `arn:aws:dynamodb:us-east-1:000000000000:table/${table}`;
  const service = createDynamoService({ store, transactions, timeToLive, usage, arnOf, now: clock });
  declare = (definition) => declareTable({ store, arnOf, now: clock }, definition);
  declare(TABLE);
  ask = async (operation, input) => {
    const answer = await service(operation, {
      method: "POST",
      path: "/",
      query: "",
      headers: {},
      caller: null,
      body: JSON.stringify(input),
    });
    return { status: answer?.status ?? 501, body: parseObject(String(answer?.body ?? "")) ?? {} };
  };
});
afterEach(() => state.close());

const TABLE: JsonObject = {
  TableName: "items",
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  AttributeDefinitions: ["pk", "sk", "owner"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
  GlobalSecondaryIndexes: [
    {
      IndexName: "byOwner",
      KeySchema: [
        { AttributeName: "owner", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "ALL" },
    },
  ],
};
const key = (pk: string, sk = "a"): JsonObject => ({ pk: { S: pk }, sk: { S: sk } });
const put = (pk: string, more: JsonObject = {}, sk = "a") =>
  ask("PutItem", { TableName: "items", Item: { ...key(pk, sk), ...more } });
const get = async (pk: string, sk = "a") =>
  (await ask("GetItem", { TableName: "items", Key: key(pk, sk), ConsistentRead: true })).body.Item;
const IF_NEW = { ConditionExpression: "attribute_not_exists(pk)" };
const write = (...items: JsonObject[]) => ask("TransactWriteItems", { TransactItems: items });
const putAction = (pk: string, more: JsonObject = {}): JsonObject => ({
  Put: { TableName: "items", Item: key(pk), ...more },
});

describe("a condition that fails", () => {
  it("changes nothing and gives the item back when asked", async () => {
    await put("1", { n: { N: "1" } });
    const answer = await ask("PutItem", {
      TableName: "items",
      Item: key("1"),
      ...IF_NEW,
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    expect(answer.status).toBe(400);
    expect(answer.body.__type).toMatch(/ConditionalCheckFailedException$/);
    expect(answer.body.Item).toEqual({ ...key("1"), n: { N: "1" } });
    expect(await get("1")).toEqual({ ...key("1"), n: { N: "1" } });
  });
});

describe("a query", () => {
  it("pages by limit in both directions and tells where to go on", async () => {
    for (const sk of ["1", "2", "3", "4", "5"]) await put("p", { owner: { S: "o" } }, sk);
    const read = async (more: JsonObject): Promise<string[]> => {
      const seen: string[] = [];
      let start: JsonObject = {};
      for (let page = 0; page < 5; page += 1) {
        const { body } = await ask("Query", {
          TableName: "items",
          KeyConditionExpression: "pk = :p",
          ExpressionAttributeValues: { ":p": { S: "p" } },
          Limit: 2,
          ...more,
          ...start,
        });
        seen.push(...objectsAt(body, "Items").map((item) => JSON.stringify(item.sk)));
        if (body.LastEvaluatedKey === undefined) break;
        start = { ExclusiveStartKey: body.LastEvaluatedKey };
      }
      return seen.map((text) => text.replace(/[^1-5]/g, ""));
    };
    expect(await read({})).toEqual(["1", "2", "3", "4", "5"]);
    expect(await read({ ScanIndexForward: false })).toEqual(["5", "4", "3", "2", "1"]);
  });

  it("reads an index that follows updates and deletes", async () => {
    await put("1", { owner: { S: "ada" } });
    await put("2", { owner: { S: "ada" } });
    const owned = async (owner: string): Promise<number> => {
      const { body } = await ask("Query", {
        TableName: "items",
        IndexName: "byOwner",
        KeyConditionExpression: "#o = :o",
        ExpressionAttributeNames: { "#o": "owner" },
        ExpressionAttributeValues: { ":o": { S: owner } },
      });
      return listAt(body, "Items").length;
    };
    expect(await owned("ada")).toBe(2);
    await put("1", { owner: { S: "bob" } });
    await ask("DeleteItem", { TableName: "items", Key: key("2") });
    expect([await owned("ada"), await owned("bob")]).toEqual([0, 1]);
  });

  it("enters what is there already into an index that is declared later", async () => {
    await put("1", { corner: { S: "a" } });
    await put("2");
    const attributes = ["pk", "sk", "owner", "corner"].map((AttributeName) => ({
      AttributeName,
      AttributeType: "S",
    }));
    const byCorner = {
      IndexName: "byCorner",
      KeySchema: [{ AttributeName: "corner", KeyType: "HASH" }],
      Projection: { ProjectionType: "KEYS_ONLY" },
    };
    const indexes = [...objectsAt(TABLE, "GlobalSecondaryIndexes"), byCorner];
    declare({ ...TABLE, AttributeDefinitions: attributes, GlobalSecondaryIndexes: indexes });
    await put("3", { corner: { S: "a" }, text: { S: "not in the index" } });
    const { body } = await ask("Query", {
      TableName: "items",
      IndexName: "byCorner",
      KeyConditionExpression: "corner = :s",
      ExpressionAttributeValues: { ":s": { S: "a" } },
    });
    const found = listAt(body, "Items");
    expect(found).toHaveLength(2);
    expect(found).toContainEqual({ ...key("1"), corner: { S: "a" } });
    expect(found).toContainEqual({ ...key("3"), corner: { S: "a" } });
  });

  it("ends a page at one megabyte", async () => {
    for (let index = 0; index < 5; index += 1)
      await put("big", { text: { S: "x".repeat(300_000) } }, String(index));
    const { body } = await ask("Query", {
      TableName: "items",
      KeyConditionExpression: "pk = :p",
      ExpressionAttributeValues: { ":p": { S: "big" } },
    });
    expect(body.Count).toBe(4);
    expect(body.LastEvaluatedKey).toEqual(key("big", "3"));
  });
});

describe("a transaction", () => {
  it("writes all or nothing and says for each action why", async () => {
    await put("taken", { n: { N: "1" } });
    const answer = await write(
      putAction("new"),
      putAction("taken", { ...IF_NEW, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
    );
    expect(answer.body.__type).toMatch(/TransactionCanceledException$/);
    expect(answer.body.message).toContain("[None, ConditionalCheckFailed]");
    expect(answer.body.CancellationReasons).toMatchObject([
      { Code: "None" },
      { Code: "ConditionalCheckFailed", Item: { n: { N: "1" } } },
    ]);
    expect(await get("new")).toBeUndefined();
  });

  it("updates, deletes and checks together", async () => {
    await put("1", { n: { N: "1" } });
    await put("2");
    await put("3");
    await state.committed();
    const answer = await write(
      {
        Update: {
          TableName: "items",
          Key: key("1"),
          UpdateExpression: "ADD n :one",
          ExpressionAttributeValues: { ":one": { N: "1" } },
        },
      },
      { Delete: { TableName: "items", Key: key("2") } },
      { ConditionCheck: { TableName: "items", Key: key("3"), ConditionExpression: "attribute_exists(pk)" } },
    );
    expect(answer.status).toBe(200);
    expect(await get("1")).toMatchObject({ n: { N: "2" } });
    expect(await get("2")).toBeUndefined();
  });

  it("repeated with its token does its work once; another one with that token is refused", async () => {
    const add: JsonObject = {
      Update: {
        TableName: "items",
        Key: key("1"),
        UpdateExpression: "ADD n :one",
        ExpressionAttributeValues: { ":one": { N: "1" } },
      },
    };
    const once = { TransactItems: [add], ClientRequestToken: "t" };
    expect((await ask("TransactWriteItems", once)).status).toBe(200);
    await state.committed();
    expect((await ask("TransactWriteItems", once)).status).toBe(200);
    expect(await get("1")).toMatchObject({ n: { N: "1" } });
    const other = await ask("TransactWriteItems", {
      TransactItems: [putAction("2")],
      ClientRequestToken: "t",
    });
    expect(other.body.__type).toMatch(/IdempotentParameterMismatchException$/);
    now += 11 * 60_000;
    await ask("TransactWriteItems", once);
    expect(await get("1")).toMatchObject({ n: { N: "2" } });
  });

  it("conflicts with what is written before it is acknowledged, and no longer after", async () => {
    await write(putAction("1"));
    const together = await write(putAction("1"));
    expect(together.body.CancellationReasons).toMatchObject([{ Code: "TransactionConflict" }]);
    expect((await put("1")).body.__type).toMatch(/TransactionConflictException$/);
    await state.committed();
    expect((await put("1")).status).toBe(200);
  });

  it("on one item twice is refused", async () => {
    expect((await write(putAction("1"), putAction("1"))).body.message).toContain(
      "multiple operations on one item",
    );
  });

  it("reads several items at one moment", async () => {
    await put("1");
    const gets = ["1", "2"].map((pk) => ({ Get: { TableName: "items", Key: key(pk) } }));
    const { body } = await ask("TransactGetItems", { TransactItems: gets });
    expect(body.Responses).toEqual([{ Item: key("1") }, {}]);
  });
});

describe("units", () => {
  const unitsOf = async (
    work: () => Promise<unknown>,
  ): Promise<{ readUnits: number; writeUnits: number }> => {
    usage.reset();
    await work();
    return usage.report(null).dynamodb;
  };
  const kilobytes = (count: number): JsonObject => ({ text: { S: "x".repeat(count * 1024 - 200) } });

  it("of a write are its kilobytes rounded up, of the larger of old and new", async () => {
    expect(await unitsOf(() => put("1", kilobytes(3)))).toEqual({ readUnits: 0, writeUnits: 3 });
    expect(await unitsOf(() => put("1"))).toEqual({ readUnits: 0, writeUnits: 3 });
    expect(await unitsOf(() => put("1"))).toEqual({ readUnits: 0, writeUnits: 1 });
  });

  it("of a read are four kilobytes each, half when eventually consistent", async () => {
    await put("1", kilobytes(5));
    expect(await unitsOf(() => get("1"))).toEqual({ readUnits: 2, writeUnits: 0 });
    expect(await unitsOf(() => ask("GetItem", { TableName: "items", Key: key("1") }))).toEqual({
      readUnits: 1,
      writeUnits: 0,
    });
    expect(await unitsOf(() => get("none"))).toEqual({ readUnits: 1, writeUnits: 0 });
  });

  it("double in transactions", async () => {
    expect(await unitsOf(() => write(putAction("1"), putAction("2")))).toEqual({
      readUnits: 0,
      writeUnits: 4,
    });
  });

  it("add one for each index entry", async () => {
    expect(await unitsOf(() => put("1", { owner: { S: "ada" } }))).toEqual({ readUnits: 0, writeUnits: 2 });
  });
});

describe("requests that are wrong", () => {
  it("are refused as DynamoDB refuses them", async () => {
    expect((await ask("GetItem", { TableName: "none", Key: key("1") })).body.__type).toMatch(
      /ResourceNotFoundException$/,
    );
    expect((await ask("GetItem", { TableName: "items", Key: { pk: { S: "1" } } })).body.__type).toMatch(
      /ValidationException$/,
    );
    expect((await put("1", { text: { S: "x".repeat(410_000) } })).body.message).toContain(
      "maximum allowed size",
    );
  });
});

describe("time to live", () => {
  it("is described as it was set", async () => {
    expect((await ask("DescribeTimeToLive", { TableName: "items" })).body).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: "DISABLED" },
    });
    await ask("UpdateTimeToLive", {
      TableName: "items",
      TimeToLiveSpecification: { Enabled: true, AttributeName: "expires" },
    });
    expect((await ask("DescribeTimeToLive", { TableName: "items" })).body).toEqual({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expires" },
    });
  });
});

describe("when the earliest work of some partitions is due", () => {
  const early = "2027-01-02T00:00:00.000Z";
  const late = "2027-01-03T00:00:00.000Z";

  it("is seen anew after every write: of an earlier one, of another partition, of one taken away", async () => {
    const due = readDueSources(store, [{ table: "items", pks: ["due#1", "due#2"] }]);
    expect(due()).toBeNull();
    await put("due#2", {}, `${late}#a`);
    expect(due()).toBe(Date.parse(late));
    await put("due#1", {}, `${early}#b`);
    expect(due()).toBe(Date.parse(early));
    await ask("DeleteItem", { TableName: "items", Key: key("due#1", `${early}#b`) });
    expect(due()).toBe(Date.parse(late));
    await put("elsewhere", {}, early);
    expect(due()).toBe(Date.parse(late));
    await write({ Delete: { TableName: "items", Key: key("due#2", `${late}#a`) } });
    expect(due()).toBeNull();
  });

  it("is read once while nothing is written", async () => {
    await put("due#1", {}, early);
    let reads = 0;
    const rows: TableStore["rows"] = (...asked) => {
      reads += 1;
      return store.rows(...asked);
    };
    const counted = { ...store, rows };
    const due = readDueSources(counted, [{ table: "items", pks: ["due#1"] }]);
    expect([due(), due(), due(), reads]).toEqual([
      Date.parse(early),
      Date.parse(early),
      Date.parse(early),
      1,
    ]);
  });
});
