import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoConfirmationStore } from "#adapters/dynamodb/customers/confirmation-store.ts";
import { memoryConfirmationStore } from "#adapters/memory/confirmation-store.ts";
import { lookupKeys, parseKeyring, withKey } from "#kernel/keyring.ts";
import type { ConfirmationStore } from "#ports/confirmation-store.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";
import { identifierKeys } from "../support/aws/identifier-keys.ts";

const overEngine = ({ client }: DynamoEngine, keys = identifierKeys): ConfirmationStore =>
  dynamoConfirmationStore({ client, table: "customers", identifierKeys: keys });

const technologies: Record<string, () => Promise<{ store: ConfirmationStore; stop: () => void }>> = {
  memory: async () => ({ store: memoryConfirmationStore(), stop: () => {} }),
  dynamodb: async () => {
    const engine = await startDynamoEngine();
    return { store: overEngine(engine), stop: engine.stop };
  },
};

const DAY_ONE = "2026-11-21T12:00:00.000Z";
const NEARLY_DAY_TWO = "2026-11-22T11:59:59.999Z";
const DAY_TWO = "2026-11-22T12:00:00.000Z";

describe.each(Object.entries(technologies))("asking addresses to confirm, in %s,", (_name, start) => {
  let store: ConfirmationStore;
  let stop: () => void;
  beforeAll(async () => {
    ({ store, stop } = await start());
  });
  afterAll(() => stop());

  it("may be done once in 24 hours, whoever asks", async () => {
    const ask = (by: string, now: string) => store.mayAsk("email", "ada@example.com", { by, now });
    expect(await ask("one", DAY_ONE)).toBe(true);
    expect(await ask("two", DAY_ONE)).toBe(false);
    expect(await ask("three", NEARLY_DAY_TWO)).toBe(false);
    expect(await ask("four", DAY_TWO)).toBe(true);
    expect(await ask("five", DAY_TWO)).toBe(false);
  });

  it("may be done again by whoever does it: they may have died before they could", async () => {
    const ask = (now: string) => store.mayAsk("email", "bob@example.com", { by: "one", now });
    expect([await ask(DAY_ONE), await ask(DAY_ONE), await ask(NEARLY_DAY_TWO)]).toEqual([true, true, true]);
  });

  it("may be done by one of many who ask at once", async () => {
    const asked = Array.from({ length: 10 }, (_, index) =>
      store.mayAsk("email", "eve@example.com", { by: String(index), now: DAY_ONE }),
    );
    expect((await Promise.all(asked)).filter((may) => may)).toHaveLength(1);
  });

  it("may be done at once after an answer, and on another channel", async () => {
    const ask = (by: string, channel = "email") =>
      store.mayAsk(channel, "+12025550100", { by, now: DAY_ONE });
    expect([await ask("one"), await ask("two"), await ask("three", "sms")]).toEqual([true, false, true]);
    await store.answered("email", "+12025550100");
    expect([await ask("four"), await ask("five")]).toEqual([true, false]);
  });
});

describe("asking addresses to confirm in dynamodb", () => {
  it("is remembered while the identifier key is replaced, by those who know the new one and those who do not", async () => {
    const engine = await startDynamoEngine();
    const both = lookupKeys(withKey(parseKeyring("secret"), "newer"), 0);
    const before = overEngine(engine);
    const after = overEngine(engine, async () => both);
    const ask = (store: ConfirmationStore, address: string, by: string) =>
      store.mayAsk("email", address, { by, now: DAY_ONE });
    expect(await ask(before, "ada@example.com", "one")).toBe(true);
    expect(await ask(after, "ada@example.com", "two")).toBe(false);
    expect(await ask(after, "bob@example.com", "three")).toBe(true);
    expect(await ask(before, "bob@example.com", "four")).toBe(false);
    await after.answered("email", "bob@example.com");
    expect(await ask(after, "bob@example.com", "five")).toBe(true);
    engine.stop();
  });

  it("keeps no address, and costs one request", async () => {
    const engine = await startDynamoEngine();
    const store = overEngine(engine);
    engine.operations();
    await store.mayAsk("email", "ada@example.com", { by: "one", now: DAY_ONE });
    await store.answered("email", "ada@example.com");
    expect(engine.operations()).toEqual(["PutItem", "UpdateItem"]);
    const { Items: items = [] } = await engine.client.send(new ScanCommand({ TableName: "customers" }));
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain("ada");
    engine.stop();
  });
});
