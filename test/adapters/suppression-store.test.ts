import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoSuppressionStore } from "#adapters/dynamodb/customers/suppression-store.ts";
import { memorySuppressionStore } from "#adapters/memory/suppression-store.ts";
import type { AddressConsent } from "#domain/records/permission.ts";
import type { Suppression, SuppressionStore } from "#ports/suppression-store.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../support/aws/identifier-keys.ts";

const BOUNCED: Suppression = { reason: "bounced", at: "2026-11-21T12:00:00.000Z" };
const COMPLAINED: Suppression = { reason: "complained", at: "2026-11-21T13:00:00.000Z" };

const overEngine = (engine: DynamoEngine): SuppressionStore =>
  dynamoSuppressionStore({
    client: engine.client,
    table: "customers",
    identifierKeys,
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
    expect([...found]).toEqual([["ada@example.com", { suppression: BOUNCED, said: [] }]]);
    expect((await store.find("sms", ["ada@example.com"])).size).toBe(0);
  });

  it("keep their first reason", async () => {
    await store.add("email", "eve@example.com", BOUNCED);
    await store.add("email", "eve@example.com", COMPLAINED);
    const found = await store.find("email", ["eve@example.com"]);
    expect(found.get("eve@example.com")?.suppression).toEqual(BOUNCED);
  });

  it("hold beside what was said at the address, whichever came first", async () => {
    const said = { topic: "marketing", status: "withdrawn", at: BOUNCED.at } as const;
    await store.say("email", "first@example.com", said);
    await store.add("email", "first@example.com", COMPLAINED);
    await store.add("email", "second@example.com", COMPLAINED);
    await store.say("email", "second@example.com", said);
    const found = await store.find("email", ["first@example.com", "second@example.com"]);
    for (const facts of found.values()) expect(facts).toEqual({ suppression: COMPLAINED, said: [said] });
    expect(found.size).toBe(2);
  });

  it("are found among more addresses than one request takes", async () => {
    const many = Array.from({ length: 230 }, (_, index) => `p${index}@example.com`);
    await store.add("email", "p229@example.com", COMPLAINED);
    expect([...(await store.find("email", many)).keys()]).toEqual(["p229@example.com"]);
    expect((await store.find("email", [])).size).toBe(0);
  });
});

const AT = { earlier: "2026-11-21T12:00:00.000Z", later: "2026-11-21T12:00:00.001Z" };

describe.each(Object.entries(technologies))("what was said at an address, in %s,", (_name, start) => {
  let store: SuppressionStore;
  let stop: () => void;
  beforeAll(async () => {
    ({ store, stop } = await start());
  });
  afterAll(() => stop());

  const NO: AddressConsent = { topic: "marketing", status: "withdrawn", at: AT.earlier };
  const saidAt = async (address: string) => (await store.find("email", [address])).get(address)?.said ?? [];
  const say = async (address: string, ...words: readonly AddressConsent[]) => {
    for (const word of words) await store.say("email", address, word);
    return (await saidAt(address)).toSorted((a, b) => (a.topic < b.topic ? -1 : 1));
  };

  it("is kept for each topic, whatever its name, and for this address and channel alone", async () => {
    const odd = { ...NO, topic: "preis: alarme #1" };
    expect(await say("ada@example.com", NO, odd, { ...NO, topic: "*" })).toEqual([
      { ...NO, topic: "*" },
      NO,
      odd,
    ]);
    expect(await saidAt("bob@example.com")).toEqual([]);
    expect((await store.find("sms", ["ada@example.com"])).size).toBe(0);
  });

  it("is the later one in any order, and of one time the withdrawal", async () => {
    const yes: AddressConsent = { ...NO, status: "granted", at: AT.later };
    expect(await say("c@example.com", NO, yes)).toEqual([yes]);
    expect(await say("d@example.com", yes, NO)).toEqual([yes]);
    const atOnce: AddressConsent = { ...yes, at: NO.at };
    expect(await say("e@example.com", NO, atOnce)).toEqual([NO]);
    expect(await say("f@example.com", atOnce, NO)).toEqual([NO]);
  });

  it("is there once, however often it is said", async () => {
    expect(await say("g@example.com", NO, NO, NO)).toEqual([NO]);
  });
});

describe("suppressions in dynamodb", () => {
  it("keep no address, and cost one request to look up", async () => {
    const engine = await startDynamoEngine();
    const store = overEngine(engine);
    await store.add("email", "ada@example.com", BOUNCED);
    await store.say("email", "ada@example.com", { topic: "marketing", status: "withdrawn", at: AT.earlier });
    const { Items: items = [] } = await engine.client.send(new ScanCommand({ TableName: "customers" }));
    expect(JSON.stringify(items)).not.toContain("ada");
    engine.operations();
    await store.find("email", ["ada@example.com", "bob@example.com"]);
    expect(engine.operations()).toEqual(["BatchGetItem"]);
    engine.stop();
  });
});
