import { describe, expect, it } from "vitest";
import { dynamoCustomerStore } from "#adapters/dynamodb/customers/customer-store.ts";
import { packBody, unpackBody } from "#adapters/dynamodb/customers/packed-body.ts";
import { newState } from "#domain/customer/state.ts";
import { startDynamoEngine } from "../../../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../../../support/aws/identifier-keys.ts";

const traits = Object.fromEntries(
  Array.from({ length: 40 }, (_, n) => [
    `trait${n}`,
    { value: `Zoë ${n} 你好`, at: "2026-11-21T12:00:00.000Z", by: `evt_${n}` },
  ]),
);
const large = { ...newState("cus_a", "2026-11-21T12:00:00.000Z"), version: 1, traits };

describe("a body past 1 KB", () => {
  it("should come back as it was, in less than a third of its bytes", () => {
    const packed = packBody(large);
    if (typeof packed === "string") throw new Error("not packed");
    expect(packed.length).toBeLessThan(Buffer.byteLength(JSON.stringify(large)) / 3);
    expect(unpackBody(packed)).toEqual(large);
  });

  it("should be read in the form it once was written in", () => {
    const written = "AcOSChOV8AZ8Ykoizig3NNQ1MgwxNEL1BjxqDMFxAymElSpGwSgYBcMeKNUCAA==";
    expect(unpackBody(Buffer.from(written, "base64"))).toEqual({
      customerId: "cus_a",
      traits: { email: { value: "ada@example.com", at: "2026-11-21T12:00:00.000Z", by: "evt_1" } },
      text: "x".repeat(1_000),
    });
  });

  it("should be refused in a form of a later release", () => {
    expect(() => unpackBody(Buffer.of(2, 1, 1))).toThrow("form 2");
  });
});

it("should leave a smaller body as JSON that people can read", () => {
  const { traits: _left, ...small } = large;
  expect(packBody(small)).toBe(JSON.stringify(small));
});

describe("a profile past 1 KB", () => {
  const stores = async () => {
    const { client, stop } = await startDynamoEngine();
    const tables = { client, customersTable: "customers", historyTable: "history", identifierKeys };
    return {
      packing: dynamoCustomerStore(tables),
      plain: dynamoCustomerStore({ ...tables, plainStates: true }),
      stop,
    };
  };

  it.each(["packing", "plain"] as const)("should be read by everybody when the store is %s", async (by) => {
    const { stop, ...both } = await stores();
    await both[by].save({ customers: [large], links: [] });
    expect((await both.plain.load("cus_a"))?.state).toEqual(large);
    expect((await both.packing.load("cus_a"))?.state).toEqual(large);
    await both[by === "plain" ? "packing" : "plain"].save({
      customers: [{ ...large, version: 2 }],
      links: [],
    });
    expect((await both.packing.load("cus_a"))?.state.version).toBe(2);
    stop();
  });
});
