import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoCodeStore } from "#adapters/dynamodb/codes/code-store.ts";
import { memoryCodeStore } from "#adapters/memory/code-store.ts";
import { MINUTE_MS, SECOND_MS } from "#kernel/time.ts";
import type { CodeStore, KeptCode } from "#ports/code-store.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";

const NOON = Date.parse("2026-11-30T12:00:00Z");
const code = (id: string): KeptCode => ({
  id,
  hash: "h",
  until: new Date(NOON + MINUTE_MS).toISOString(),
  limits: [{ key: "few#x", most: 2, everyMs: SECOND_MS }],
});

let engine: DynamoEngine;
beforeAll(async () => {
  engine = await startDynamoEngine();
});
afterAll(() => engine.stop());

describe.each<[string, () => Promise<CodeStore>]>([
  ["memory", async () => memoryCodeStore()],
  ["DynamoDB", async () => dynamoCodeStore({ client: engine.client, table: "codes" })],
])("one-time codes, in %s,", (_name, start) => {
  let store: CodeStore;
  beforeAll(async () => {
    store = await start();
  });
  const triesAt = async (id: string, now: number, times: number) =>
    (await Promise.all(Array.from({ length: times }, () => store.takeTry(id, now)))).map(
      ({ result }) => result,
    );

  it("may be tried five times, however many try at once, and are worn then", async () => {
    await store.keep(code("otp_1"));
    const results = await triesAt("otp_1", NOON, 12);
    expect(results.filter((one) => one === "taken")).toHaveLength(5);
    expect(results.filter((one) => one === "worn")).toHaveLength(7);
    expect(await store.takeTry("otp_1", NOON)).toEqual({ result: "worn", until: code("").until });
    expect(await store.takeTry("otp_none", NOON)).toEqual({ result: "missing" });
  });

  it("are used by one of those who use them at once, and are over then", async () => {
    await store.keep(code("otp_2"));
    expect(await store.takeTry("otp_2", NOON)).toEqual({ result: "taken", code: code("otp_2") });
    const used = await Promise.all(Array.from({ length: 8 }, () => store.use("otp_2", NOON)));
    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await store.takeTry("otp_2", NOON)).toEqual({ result: "over" });
  });

  it("are over at the moment they are good until", async () => {
    await store.keep(code("otp_3"));
    expect((await store.takeTry("otp_3", NOON + MINUTE_MS - 1)).result).toBe("taken");
    expect((await store.takeTry("otp_3", NOON + MINUTE_MS)).result).toBe("over");
    expect(await store.use("otp_3", NOON + MINUTE_MS)).toBe(false);
  });

  it("are asked for so often at once, and again as places come free", async () => {
    const limit = { key: "few#address", most: 3, everyMs: 10 * SECOND_MS };
    const waits = await Promise.all(Array.from({ length: 9 }, () => store.takePlaces([limit], NOON)));
    expect(waits.filter((one) => one === null)).toHaveLength(3);
    expect(new Set(waits.filter((one) => one !== null))).toEqual(new Set([10 * SECOND_MS]));
    expect(await store.takePlaces([limit], NOON + 10 * SECOND_MS - 1)).toBe(1);
    expect(await store.takePlaces([limit], NOON + 10 * SECOND_MS)).toBeNull();
    expect(await store.takePlaces([limit], NOON + 10 * SECOND_MS)).toBe(10 * SECOND_MS);
    await store.giveBack([limit]);
    expect(await store.takePlaces([limit], NOON + 10 * SECOND_MS)).toBeNull();
    // Long after, all of them are free, and no more than that.
    const later = NOON + 10 * MINUTE_MS;
    for (const wait of [null, null, null, 10 * SECOND_MS])
      expect(await store.takePlaces([limit], later)).toBe(wait);
  });

  it("take no place of one limit where another is full", async () => {
    const [wide, narrow] = [
      { key: "wide", most: 2, everyMs: MINUTE_MS },
      { key: "narrow", most: 1, everyMs: SECOND_MS },
    ];
    expect(await store.takePlaces([wide, narrow], NOON)).toBeNull();
    expect(await store.takePlaces([wide, narrow], NOON)).toBe(SECOND_MS);
    expect(await store.takePlaces([wide], NOON)).toBeNull();
    expect(await store.takePlaces([wide], NOON)).toBe(MINUTE_MS);
  });
});
