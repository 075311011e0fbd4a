import { describe, expect, it } from "vitest";
import { dynamoDemands } from "../support/iam/dynamo-demands.ts";
import { isAllowed, statementsOf } from "../support/iam/policy.ts";

const allowed = (statement: object) =>
  statementsOf({ Policies: [{ PolicyDocument: { Statement: [{ Effect: "Allow", ...statement }] } }] });
const demanded = (operation: string, body: object) =>
  dynamoDemands(operation, JSON.stringify(body), (table) => `table/${table}`);
const may = (statement: object, operation: string, body: object): boolean =>
  demanded(operation, body).every((demand) => isAllowed(allowed(statement), demand));

const KEY = { pk: { S: "cus_1" }, sk: { S: "state" } };
const ATTRIBUTES = {
  Action: ["dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  Resource: "table/customers",
  Condition: {
    "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "sk", "dataKey"] },
    StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
  },
};
const PARTITIONS = {
  Action: "dynamodb:Query",
  Resource: "table/playbooks",
  Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": "sim_*" } },
};
const update = (more: object) => ({ TableName: "customers", Key: KEY, ...more });

describe("rights held against requests", () => {
  it.each([
    ["the attributes it names", { ProjectionExpression: "pk, dataKey" }, true],
    ["an attribute beside them", { ProjectionExpression: "pk, dataKey, body" }, false],
    ["all attributes", {}, false],
    [
      "an attribute by another name",
      { ProjectionExpression: "#x", ExpressionAttributeNames: { "#x": "body" } },
      false,
    ],
  ])("let read %s: %j", (_, more, expected) => {
    const request = { RequestItems: { customers: { Keys: [KEY], ...more } } };
    expect(may(ATTRIBUTES, "BatchGetItem", request)).toBe(expected);
  });

  it.each([
    [{ UpdateExpression: "SET dataKey = :key", ConditionExpression: "attribute_not_exists(dataKey)" }, true],
    [{ UpdateExpression: "SET mergedInto = :to" }, false],
    [{ UpdateExpression: "SET dataKey = :key", ConditionExpression: "attribute_exists(mergedInto)" }, false],
  ])("let update %j: %j", (more, expected) => {
    expect(may(ATTRIBUTES, "UpdateItem", update(more))).toBe(expected);
  });

  it.each([
    ["sim_1", true],
    ["current", false],
  ])("let query the partition %s: %j", (pk, expected) => {
    const query = {
      TableName: "playbooks",
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: pk } },
    };
    expect(may(PARTITIONS, "Query", query)).toBe(expected);
  });

  it("ask of a transaction the rights of its parts, each on its table", () => {
    const Put = { TableName: "customers", Item: KEY };
    const ConditionCheck = { TableName: "history", Key: KEY, ConditionExpression: "attribute_exists(pk)" };
    expect(
      demanded("TransactWriteItems", { TransactItems: [{ Put }, { ConditionCheck }] }).map(
        ({ action, resources }) => [action, ...resources],
      ),
    ).toEqual([
      ["dynamodb:PutItem", "table/customers"],
      ["dynamodb:ConditionCheckItem", "table/history"],
    ]);
  });

  it("know an index as a resource of its own", () => {
    const query = { TableName: "playbooks", IndexName: "byDay", KeyConditionExpression: "day = :day" };
    expect(may(PARTITIONS, "Query", query)).toBe(false);
  });

  it("refuse a condition that they cannot judge, rather than pass it", () => {
    const odd = { ...PARTITIONS, Condition: { NumericLessThan: { "s3:max-keys": "1" } } };
    expect(() => may(odd, "Query", { TableName: "playbooks" })).toThrow("NumericLessThan");
  });
});
