import { afterAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { dynamoTimers, dynamoTimerTable, SET_DIRECTLY_MS } from "#adapters/dynamodb/timers/timers.ts";
import { memoryTimers } from "#adapters/memory/timers.ts";
import type { Timer } from "#domain/records/effects.ts";
import type { TimerBucket, TimerRef, Timers, TimerTable } from "#ports/timers.ts";
import { type DynamoEngine, startDynamoEngine } from "../support/aws/dynamo-engine.ts";

const NOW = Date.parse("2026-03-11T11:00:00.000Z");
const MINUTE = 60_000;

const timer = (id: string, due: number): Timer => ({
  id,
  due: new Date(due).toISOString(),
  event: { id: `trg_${id}`, name: "trigger.fired", detail: { trigger: "cart" } },
});
const refOf = ({ id, due }: Timer): TimerRef => ({ id, due });

type Subject = { readonly timers: Timers; readonly table: TimerTable; readonly sent: TimerRef[] };

const technologies: Record<string, { fresh: () => Promise<Subject>; stop: () => void }> = {
  memory: {
    fresh: async () => {
      const sent: TimerRef[] = [];
      const due = { send: async (refs: readonly TimerRef[]) => void sent.push(...refs) };
      const timers = memoryTimers({ due, clock: { now: () => NOW }, soonMs: SET_DIRECTLY_MS });
      return { timers, table: timers, sent };
    },
    stop: () => {},
  },
  dynamodb: (() => {
    const engines: DynamoEngine[] = [];
    return {
      fresh: async () => {
        const engine = await startDynamoEngine();
        engines.push(engine);
        const sent: TimerRef[] = [];
        const due = { send: async (refs: readonly TimerRef[]) => void sent.push(...refs) };
        const options = { client: engine.client, table: "timers" };
        const timers = dynamoTimers({ ...options, due, clock: { now: () => NOW } });
        return { timers, table: dynamoTimerTable(options), sent };
      },
      stop: () => {
        for (const engine of engines) engine.stop();
      },
    };
  })(),
};

const timersIn = async (table: TimerTable, buckets: readonly TimerBucket[]): Promise<string[]> => {
  const ids: string[] = [];
  for (const bucket of buckets) {
    for await (const page of table.timersOf(bucket)) ids.push(...page.map(({ id }) => id));
  }
  return ids.sort();
};

describe.each(Object.entries(technologies))("timers kept in %s", (_, technology) => {
  afterAll(() => technology.stop());

  it("should go on after the timer that a bucket is marked with, and mark none that is forgotten", async () => {
    const { timers, table } = await technology.fresh();
    const soon = NOW + 10 * MINUTE;
    await timers.set(Array.from({ length: 40 }, (_, index) => timer(`t${index}`, soon + index)));
    const [bucket] = await table.buckets("9999");
    if (bucket === undefined) throw new Error("no bucket");
    const all: TimerRef[] = [];
    for await (const page of table.timersOf(bucket)) all.push(...page);
    const [first, ...others] = all;
    if (first === undefined) throw new Error("no timer");
    await table.mark(bucket, first);
    const marked = (await table.buckets("9999")).find(({ shard }) => shard === bucket.shard);
    expect(marked?.handed).toEqual(first);
    const rest: TimerRef[] = [];
    for await (const page of table.timersOf(bucket, first)) rest.push(...page);
    expect(rest).toEqual(others);
    await table.forget(bucket);
    await table.mark(bucket, first);
    expect((await table.buckets("9999")).filter(({ shard }) => shard === bucket.shard)).toEqual([]);
  });

  it("are found by their minute, oldest first, and read back whole", async () => {
    const { timers, table } = await technology.fresh();
    const set = [timer("b", NOW + 90 * MINUTE), timer("a", NOW + 10 * MINUTE), timer("c", NOW + 10 * MINUTE)];
    await timers.set(set);
    const minutes = async (last: string) => [
      ...new Set((await table.buckets(last)).map(({ minute }) => minute)),
    ];
    expect(await minutes("2026-03-11T11:09")).toEqual([]);
    expect(await minutes("2026-03-11T11:10")).toEqual(["2026-03-11T11:10"]);
    expect(await minutes("2026-03-11T23:00")).toEqual(["2026-03-11T11:10", "2026-03-11T12:30"]);
    expect(await timersIn(table, await table.buckets("2026-03-11T11:10"))).toEqual(["a", "c"]);
    for (const one of set) expect(await table.get(refOf(one))).toEqual(one);
  });

  it("stay one when set again", async () => {
    const { timers, table } = await technology.fresh();
    const one = timer("a", NOW + 10 * MINUTE);
    await timers.set([one, one]);
    await timers.set([one]);
    expect(await timersIn(table, await table.buckets("2026-03-11T12:00"))).toEqual(["a"]);
  });

  it("are gone when cancelled or removed, as often as one likes", async () => {
    const { timers, table } = await technology.fresh();
    const [one, other] = [timer("a", NOW + 10 * MINUTE), timer("b", NOW + 10 * MINUTE)];
    await timers.set([one, other]);
    await timers.cancel([refOf(one), refOf(one)]);
    await timers.cancel([refOf(one)]);
    expect(await table.get(refOf(one))).toBeNull();
    await table.remove(refOf(other));
    expect(await table.get(refOf(other))).toBeNull();
    expect(await timersIn(table, await table.buckets("2026-03-11T12:00"))).toEqual([]);
  });

  it("go to the due queue at once when they are due so soon that the tick may have passed their minute", async () => {
    const { timers, sent } = await technology.fresh();
    const soon = timer("soon", NOW + SET_DIRECTLY_MS);
    const past = timer("past", NOW - MINUTE);
    await timers.set([soon, timer("later", NOW + SET_DIRECTLY_MS + 1), past]);
    expect(sent).toEqual([refOf(soon), refOf(past)]);
  });

  it("forget a minute that is over on demand, and know it again when a timer is set", async () => {
    const { timers, table } = await technology.fresh();
    await timers.set([timer("a", NOW - 10 * MINUTE)]);
    for (const bucket of await table.buckets("2026-03-11T12:00")) await table.forget(bucket);
    expect(await table.buckets("2026-03-11T12:00")).toEqual([]);
    await timers.set([timer("a", NOW - 10 * MINUTE)]);
    expect(await table.buckets("2026-03-11T12:00")).toHaveLength(1);
  });

  it("have a watermark that never goes back", async () => {
    const { table } = await technology.fresh();
    expect(await table.watermark()).toBeNull();
    await table.advance("2026-03-11T11:05");
    await table.advance("2026-03-11T11:03");
    expect(await table.watermark()).toBe("2026-03-11T11:05");
  });

  it("hold any number", async () => {
    const { timers, table } = await technology.fresh();
    const many = Array.from({ length: 130 }, (_unused, index) => timer(`t${index}`, NOW + 10 * MINUTE));
    await timers.set(many);
    expect(await timersIn(table, await table.buckets("2026-03-11T12:00"))).toHaveLength(130);
    await timers.cancel(many);
    expect(await timersIn(table, await table.buckets("2026-03-11T12:00"))).toEqual([]);
  });
});

describe("what a timer costs in DynamoDB", () => {
  it("is one request to set and one to cancel", async () => {
    const engine = await startDynamoEngine();
    const due = { send: async () => {} };
    const timers = dynamoTimers({ client: engine.client, table: "timers", due, clock: { now: () => NOW } });
    const one = timer("a", NOW + 10 * MINUTE);
    await timers.set([one]);
    expect(engine.operations()).toEqual(["BatchWriteItem"]);
    await timers.cancel([one]);
    expect(engine.operations()).toEqual(["BatchWriteItem"]);
    engine.stop();
  });

  it("is one item each once the minute is known: the partition of minutes is not written for every timer", async () => {
    const engine = await startDynamoEngine();
    let batches: number[] = [];
    engine.client.middlewareStack.add(
      (next) => async (args) => {
        const { RequestItems } = z.parse(
          z.object({ RequestItems: z.record(z.string(), z.array(z.unknown())) }),
          args.input,
        );
        batches.push(RequestItems.timers?.length ?? 0);
        return next(args);
      },
      { step: "initialize" },
    );
    const due = { send: async () => {} };
    let now = NOW;
    const timers = dynamoTimers({ client: engine.client, table: "timers", due, clock: { now: () => now } });
    const setOne = (index: number) => timers.set([timer(`t${index}`, NOW + 10 * MINUTE)]);
    for (let index = 0; index < 100; index += 1) await setOne(index);
    // Eight shards have a mark each.
    expect(batches.reduce((sum, items) => sum + items, 0)).toBeLessThanOrEqual(108);
    batches = [];
    now = NOW + 11 * MINUTE;
    await setOne(0);
    expect(batches).toEqual([2]);
    engine.stop();
  });

  it("finds every timer of a minute although its mark was written once", async () => {
    const engine = await startDynamoEngine();
    const options = { client: engine.client, table: "timers" };
    const timers = dynamoTimers({ ...options, due: { send: async () => {} }, clock: { now: () => NOW } });
    for (let index = 0; index < 20; index += 1) await timers.set([timer(`t${index}`, NOW + 10 * MINUTE)]);
    const table = dynamoTimerTable(options);
    expect(await timersIn(table, await table.buckets("2026-03-11T12:00"))).toHaveLength(20);
    engine.stop();
  });
});
