import { describe, expect, it } from "vitest";
import { memoryLearningStore } from "#adapters/memory/learning-store.ts";
import { learnerOf } from "#domain/learning/learner.ts";
import { buildLearning } from "#domain/playbook/build/build-learning.ts";
import { modelCache } from "#runtime/model-cache.ts";

const LEARNING = buildLearning({ outcomes: { clicked: 1 } });
const ARM = { action: "tea", group: "tea", channel: "web" };
const START = Date.UTC(2026, 2, 11);

const world = () => {
  const store = memoryLearningStore();
  let time = START;
  let reads = 0;
  let broken = false;
  const cache = modelCache(
    {
      read: async (model) => {
        reads += 1;
        if (broken) throw new Error("the table is not there");
        return store.read(model);
      },
    },
    { now: () => time },
  );
  const learn = async (decisionId: string) => {
    const delta = learnerOf(LEARNING, {}).observe({ arm: ARM, features: {}, reward: 1, at: time });
    const counted = { version: 1, seen: true, outcomes: {} };
    await store.write(LEARNING.model, {
      cuts: 0,
      counted: [{ decisionId, action: "tea", counted }],
      delta,
      expires: 0,
    });
  };
  return {
    cache,
    learn,
    reads: () => reads,
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    fail: () => {
      broken = true;
    },
  };
};
const evidence = async ({ cache }: ReturnType<typeof world>) =>
  (await cache.current(LEARNING))?.evidence.tea ?? 0;

describe("the process's copy of a model", () => {
  it("is read once in 5 seconds, however many decide, and then anew", async () => {
    const here = world();
    await here.learn("dec_1");
    expect(await Promise.all([evidence(here), evidence(here), evidence(here)])).toEqual([1, 1, 1]);
    await here.learn("dec_2");
    here.pass(4_999);
    expect(await evidence(here)).toBe(1);
    expect(here.reads()).toBe(1);
    here.pass(1);
    expect(await evidence(here)).toBeCloseTo(2, 3);
    expect(here.reads()).toBe(2);
  });

  it("outlives a table that cannot be read", async () => {
    const here = world();
    await here.learn("dec_1");
    expect(await evidence(here)).toBe(1);
    here.fail();
    here.pass(6_000);
    expect(await evidence(here)).toBe(1);
  });

  it("is nothing where nothing is declared, or nothing could be read yet; nobody is kept waiting", async () => {
    const here = world();
    expect(await here.cache.current(undefined)).toBeNull();
    expect(here.reads()).toBe(0);
    here.fail();
    expect(await here.cache.current(LEARNING)).toBeNull();
  });
});
