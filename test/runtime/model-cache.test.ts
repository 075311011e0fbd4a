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
  let broken = false;
  /** What was read: the index, the head, and parts by their names. */
  const reads: string[] = [];
  const noting = (...read: readonly string[]) => {
    if (broken) throw new Error("the table is not there");
    reads.push(...read);
  };
  const cache = modelCache(
    {
      index: async (model) => {
        noting("index");
        return store.index(model);
      },
      head: async (model) => {
        noting("head");
        return store.head(model);
      },
      parts: async (model, ids) => {
        noting(...ids);
        return store.parts(model, ids);
      },
    },
    { now: () => time },
  );
  const learn = async (decisionId: string, action = "tea") => {
    const arm = { ...ARM, action };
    const delta = learnerOf(LEARNING, {}).observe({ arm, features: {}, reward: 1, at: time });
    const counted = { version: 1, seen: true, outcomes: {} };
    await store.write(LEARNING.model, {
      cuts: (await store.head(LEARNING.model)).cuts,
      counted: [{ decisionId, action, counted }],
      delta,
      expires: 0,
    });
  };
  return {
    cache,
    learn,
    store,
    /** Since the last look, in the order of the alphabet. */
    reads: () => reads.splice(0).sort(),
    pass: (milliseconds: number) => {
      time += milliseconds;
    },
    fail: () => {
      broken = true;
    },
  };
};
const evidence = async ({ cache }: ReturnType<typeof world>, action = "tea") =>
  (await cache.current(LEARNING, [action]))?.evidence[action] ?? 0;

describe("the process's copy of a model", () => {
  it("is read once in 5 seconds, however many decide, and then anew", async () => {
    const here = world();
    await here.learn("dec_1");
    expect(await Promise.all([evidence(here), evidence(here), evidence(here)])).toEqual([1, 1, 1]);
    await here.learn("dec_2");
    here.pass(4_999);
    expect(await evidence(here)).toBe(1);
    expect(here.reads()).toEqual(["*", "head", "index", "tea|web"]);
    here.pass(1);
    expect(await evidence(here)).toBeCloseTo(2, 3);
    expect(here.reads()).toEqual(["*", "index", "tea|web"]);
  });

  it("costs the index alone where nothing was learnt, and of what was only the parts that have changed", async () => {
    const here = world();
    await here.learn("dec_1");
    await here.learn("dec_2", "coffee");
    await here.cache.current(LEARNING, ["tea", "coffee"]);
    here.reads();
    here.pass(5_000);
    await here.cache.current(LEARNING, ["tea", "coffee"]);
    expect(here.reads()).toEqual(["index"]);
    await here.learn("dec_3", "coffee");
    here.pass(5_000);
    const learnt = await here.cache.current(LEARNING, ["tea", "coffee"]);
    expect(here.reads()).toEqual(["*", "coffee|web", "index"]);
    expect(learnt?.evidence.tea).toBeCloseTo(1, 3);
    expect(learnt?.evidence.coffee).toBeCloseTo(2, 3);
  });

  it("leaves alone what is not decided about, and reads it when it is", async () => {
    const here = world();
    await here.learn("dec_1");
    await here.learn("dec_2", "coffee");
    expect(await evidence(here)).toBe(1);
    expect(here.reads()).not.toContain("coffee|web");
    expect(await evidence(here, "coffee")).toBe(1);
    expect(here.reads()).toEqual(["coffee|web"]);
  });

  it("starts anew when bins were cut", async () => {
    const here = world();
    await here.learn("dec_1");
    expect(await evidence(here)).toBe(1);
    const delta = learnerOf(LEARNING, {}).observe({ arm: ARM, features: {}, reward: 1, at: START });
    await here.store.recut(LEARNING.model, { cuts: 0, sampled: 0, binning: {}, delta });
    here.reads();
    here.pass(5_000);
    expect(await evidence(here)).toBeCloseTo(1, 3);
    expect(here.reads()).toEqual(["*", "head", "index", "tea|web"]);
  });

  it("is kept of each model that is asked, visitors' too", async () => {
    const here = world();
    await here.learn("dec_1");
    const visitors = { ...LEARNING, model: `${LEARNING.model}-anybody` };
    expect(await evidence(here)).toBe(1);
    await here.cache.current(visitors, ["tea"]);
    here.reads();
    expect(await evidence(here)).toBe(1);
    await here.cache.current(visitors, ["tea"]);
    expect(here.reads()).toEqual([]);
  });

  it("outlives a table that cannot be read", async () => {
    const here = world();
    await here.learn("dec_1");
    expect(await evidence(here)).toBe(1);
    here.fail();
    here.pass(6_000);
    expect(await evidence(here)).toBe(1);
    expect(await evidence(here, "coffee")).toBe(0);
  });

  it("is nothing where nothing is declared, or nothing could be read yet; nobody is kept waiting", async () => {
    const here = world();
    expect(await here.cache.current(undefined, [])).toBeNull();
    expect(here.reads()).toEqual([]);
    here.fail();
    expect(await here.cache.current(LEARNING, ["tea"])).toBeNull();
  });
});
