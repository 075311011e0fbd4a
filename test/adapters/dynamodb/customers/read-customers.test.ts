import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { newState } from "#domain/customer/state.ts";
import { type DynamoEngine, startDynamoEngine } from "../../../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../../../support/aws/identifier-keys.ts";

const AT = "2026-12-01T00:00:00.000Z";

let engine: DynamoEngine;
/** Commands sent, by name. */
let sent: string[];
/** What becomes of updates. */
let refusal: Error | null;
beforeEach(async () => {
  engine = await startDynamoEngine();
  sent = [];
  refusal = null;
  engine.client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        sent.push(String(commandName));
        if (commandName === "UpdateItemCommand" && refusal !== null) throw refusal;
        return next(args);
      },
    { step: "initialize" },
  );
});
afterEach(() => engine.stop());

const storeOf = (repairPointers: boolean) =>
  dynamoCustomerStore({
    client: engine.client,
    customersTable: "customers",
    historyTable: "history",
    identifierKeys,
    repairPointers,
  });
const state = (customerId: string, version: number, mergedInto?: string) => ({
  ...newState(customerId, AT),
  version,
  ...(mergedInto === undefined ? {} : { mergedInto }),
});

/** `cus_a` became part of `cus_b`, and that of `cus_c`. */
const mergeTwice = async () => {
  const { save } = storeOf(false);
  await save({ customers: [state("cus_a", 1)], links: [] });
  await save({ customers: [state("cus_b", 1), state("cus_a", 2, "cus_b")], links: [] });
  await save({ customers: [state("cus_c", 1), state("cus_b", 2, "cus_c")], links: [] });
  sent.splice(0);
};
const hops = async (repairPointers: boolean): Promise<number> => {
  sent.splice(0);
  expect((await storeOf(repairPointers).load("cus_a"))?.state.customerId).toBe("cus_c");
  return sent.filter((name) => name === "QueryCommand").length - 1;
};

describe("reading somebody who was merged twice", () => {
  beforeEach(mergeTwice);

  it("writes nothing for those who may only read", async () => {
    expect(await hops(false)).toBe(2);
    expect(sent).not.toContain("UpdateItemCommand");
    expect(await hops(false)).toBe(2);
  });

  it("leaves one hop to the next reader where the right to write is there", async () => {
    expect(await hops(true)).toBe(2);
    expect(await hops(false)).toBe(1);
  });

  it("does without where the repair fails for now, and tells of a right that is missing", async () => {
    refusal = Object.assign(new Error("slow down"), { name: "ThrottlingException" });
    expect(await hops(true)).toBe(2);
    refusal = Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });
    await expect(storeOf(true).load("cus_a")).rejects.toThrow("not authorized");
  });
});
