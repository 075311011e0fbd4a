import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoSuppressionStore } from "#adapters/dynamodb/customers/suppression-store.ts";
import { memorySuppressionStore } from "#adapters/memory/suppression-store.ts";
import type { Suppression, SuppressionStore } from "#ports/suppression-store.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";

const BOUNCED: Suppression = { reason: "bounced", at: "2026-11-21T12:00:00.000Z" };
const COMPLAINED: Suppression = { reason: "complained", at: "2026-11-21T13:00:00.000Z" };

const overEngine = (engine: DynamoEngine): SuppressionStore =>
  dynamoSuppressionStore({
    client: engine.client,
    table: "customers",
    hash: { version: "1", key: "secret" },
  });

const technologies: Record<string, () => Promise<{ store: SuppressionStore; stop: () => void }>> = {
  memory: async () => ({ store: memorySuppressionStore(), stop: () => {} }),
  dynamodb: async () => {
    const engine = await startDynamoEngine();
    return { store: overEngine(engine), stop: engine.stop };
  },
};

describe.each(Object.entries(technologies))("suppressions in %s", (_name, start) => {
  let store: SuppressionStore;
  let stop: () => void;
  beforeAll(async () => {
    ({ store, stop } = await start());
  });
  afterAll(() => stop());

  it("are found by channel and address", async () => {
    await store.add("email", "ada@example.com", BOUNCED);
    const found = await store.find("email", ["ada@example.com", "bob@example.com"]);
    expect([...found]).toEqual([["ada@example.com", BOUNCED]]);
    expect((await store.find("sms", ["ada@example.com"])).size).toBe(0);
  });

  it("keep their first reason", async () => {
    await store.add("email", "eve@example.com", BOUNCED);
    await store.add("email", "eve@example.com", COMPLAINED);
    expect((await store.find("email", ["eve@example.com"])).get("eve@example.com")).toEqual(BOUNCED);
  });

  it("are found among more addresses than one request takes", async () => {
    const many = Array.from({ length: 230 }, (_, index) => `p${index}@example.com`);
    await store.add("email", "p229@example.com", COMPLAINED);
    expect([...(await store.find("email", many)).keys()]).toEqual(["p229@example.com"]);
    expect((await store.find("email", [])).size).toBe(0);
  });
});

describe("suppressions in dynamodb", () => {
  it("keep no address, and cost one request to look up", async () => {
    const engine = await startDynamoEngine();
    const store = overEngine(engine);
    await store.add("email", "ada@example.com", BOUNCED);
    const { Items: items = [] } = await engine.client.send(new ScanCommand({ TableName: "customers" }));
    expect(JSON.stringify(items)).not.toContain("ada");
    engine.operations();
    await store.find("email", ["ada@example.com", "bob@example.com"]);
    expect(engine.operations()).toEqual(["BatchGetItem"]);
    engine.stop();
  });
});
