import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import { expect, it, vi } from "vitest";
import { putAll } from "#adapters/dynamodb/requests/transact.ts";

const given = { $metadata: {}, message: "" };
const put = { TableName: "customers", Item: { pk: { S: "c1" } } };

const failingWith = (error: Error): DynamoDBClient => {
  const client = new DynamoDBClient({ region: "eu-central-1" });
  vi.spyOn(client, "send").mockRejectedValue(error);
  return client;
};
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ ...given, CancellationReasons: codes.map((Code) => ({ Code })) });

it.each([
  ["its condition failed", new ConditionalCheckFailedException(given), [put], 0],
  ["a transaction held the lone item", new TransactionConflictException(given), [put], 1],
  [
    "the second condition of a transaction failed",
    cancelled("None", "ConditionalCheckFailed"),
    [put, put],
    1,
  ],
  ["another transaction held an item", cancelled("TransactionConflict", "None"), [put, put], 2],
])("should answer that somebody else was there first when %s", async (_name, error, puts, position) => {
  expect(await putAll(failingWith(error), puts)).toBe(position);
});

it("should throw what another try at the same items would not change", async () => {
  const error = cancelled("ValidationError", "None");
  await expect(putAll(failingWith(error), [put, put])).rejects.toBe(error);
});
