import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dynamoLearningStore } from "#adapters/dynamodb/learning/learning-store.ts";
import { memoryLearningStore } from "#adapters/memory/learning-store.ts";
import type { Delta, Observation } from "#domain/learning/model.ts";
import { seeded } from "#lab/seeded.ts";
import type { LearningBatch, LearningStore } from "#ports/learning-store.ts";
import { startDynamoEngine } from "../support/aws/dynamo-engine.ts";

const delta = (weight: number): Delta =>
  new Map([
    ["*", { weight, sum: 0.5, squares: 0.25 }],
    ["c|tea|web", { weight, sum: 0.5, squares: 0.25 }],
  ]);
const choice = (decisionId: string, version = 1) => ({
  decisionId,
  action: "tea",
  counted: { version, seen: true, outcomes: {} },
});
const batch = (changes: Partial<LearningBatch> = {}): LearningBatch => ({
  cuts: 0,
  counted: [choice("dec_1")],
  delta: delta(1),
  expires: 2_000_000_000,
  ...changes,
});
const OBSERVATION: Observation = {
  arm: { action: "tea", group: "tea", channel: "web" },
  features: { age: 30, tier: "gold", member: true, city: null },
  trials: 1,
  reward: 0.5,
  at: 1_000,
};

const technologies: Record<string, () => Promise<{ store: LearningStore; stop: () => void }>> = {
  memory: async () => ({ store: memoryLearningStore(), stop: () => {} }),
  dynamodb: async () => {
    const { client, stop } = await startDynamoEngine();
    return { store: dynamoLearningStore({ client, table: "learning", random: seeded(5) }), stop };
  },
};

describe.each(Object.entries(technologies))("sums of a model in %s", (_name, start) => {
  let store: LearningStore;
  let stop: () => void;
  beforeEach(async () => {
    ({ store, stop } = await start());
  });
  afterEach(() => stop());

  it("add up over writes, whichever shard each took", async () => {
    for (let n = 1; n <= 9; n += 1) {
      expect(await store.write("m", batch({ counted: [choice(`dec_${n}`)] }))).toBe(true);
    }
    const { cells } = await store.read("m");
    expect(cells.get("*")).toEqual({ weight: 9, sum: 4.5, squares: 2.25 });
    expect(cells.get("c|tea|web")?.weight).toBe(9);
    expect((await store.read("other")).cells.size).toBe(0);
  });

  it("do not count a choice that somebody else counted meanwhile", async () => {
    expect(await store.write("m", batch())).toBe(true);
    expect(await store.write("m", batch())).toBe(false);
    expect(await store.write("m", batch({ counted: [choice("dec_1", 2)] }))).toBe(true);
    expect((await store.read("m")).cells.get("*")?.weight).toBe(2);
    expect(await store.counted("m", [{ decisionId: "dec_1", action: "tea" }])).toEqual([
      { version: 2, seen: true, outcomes: {} },
    ]);
  });

  it("know of nothing counted at first", async () => {
    expect(await store.counted("m", [{ decisionId: "dec_9", action: "tea" }])).toEqual([
      { version: 0, seen: false, outcomes: {} },
    ]);
    expect(await store.head("m")).toEqual({ cuts: 0, sampled: 0, binning: {} });
  });

  it("are read part by part: those that changed have another version, and all add up to the whole", async () => {
    const coffee = new Map([["c|coffee|web", { weight: 1, sum: 0, squares: 0 }]]);
    await store.write("m", batch());
    await store.write("m", batch({ counted: [choice("dec_2")], delta: coffee }));
    const before = await store.index("m");
    expect(before.parts.map(({ action }) => String(action)).sort()).toEqual(["coffee", "null", "tea"]);
    await store.write("m", batch({ counted: [choice("dec_3")], delta: coffee }));
    const after = await store.index("m");
    const changed = after.parts.filter(({ id, version }) =>
      before.parts.every((one) => one.id !== id || one.version !== version),
    );
    expect(changed.map(({ action }) => action)).toEqual(["coffee"]);
    const parts = await store.parts(
      "m",
      after.parts.map(({ id }) => id),
    );
    expect([...parts].map(([id, { version }]) => ({ id, version }))).toEqual(
      expect.arrayContaining(after.parts.map(({ id, version }) => ({ id, version }))),
    );
    const cells = [...parts.values()].flatMap((part) => [...part.cells]);
    expect(new Map(cells)).toEqual((await store.read("m")).cells);
    expect((await store.index("other")).cuts).toBe(0);
  });

  it("keep the sample, in order to be made anew over other bins", async () => {
    const sample = { observations: [OBSERVATION], before: 0, after: 1 };
    expect(await store.write("m", batch({ sample }))).toBe(true);
    expect(await store.sample("m")).toEqual([OBSERVATION]);
    const binning = { age: { kind: "number", edges: [20, 40] } } as const;
    expect(await store.recut("m", { cuts: 0, sampled: 1, binning, delta: delta(7) })).toBe(true);
    const model = await store.read("m");
    expect(model).toMatchObject({ cuts: 1, binning });
    expect(model.cells.get("*")?.weight).toBe(7);
    const index = await store.index("m");
    expect(index.cuts).toBe(1);
    const parts = await store.parts(
      "m",
      index.parts.map(({ id }) => id),
    );
    expect([...parts.values()].flatMap(({ cells }) => [...cells]).length).toBe(2);
  });

  it("call off a cut when the sample grew meanwhile, and a write that knows less of the sample", async () => {
    const first = { observations: [OBSERVATION], before: 0, after: 1 };
    await store.write("m", batch({ sample: first }));
    const second = { observations: [OBSERVATION], before: 1, after: 2 };
    await store.write("m", batch({ counted: [choice("dec_2")], sample: second }));
    expect(await store.recut("m", { cuts: 0, sampled: 1, binning: {}, delta: delta(1) })).toBe(false);
    expect(await store.write("m", batch({ counted: [choice("dec_3")], sample: second }))).toBe(false);
    expect((await store.head("m")).sampled).toBe(2);
  });
});
