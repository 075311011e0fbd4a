import { PutItemCommand, QueryCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dynamoLearningStore } from "#adapters/dynamodb/learning/learning-store.ts";
import { learnBinning } from "#domain/learning/binning.ts";
import { learnerOf } from "#domain/learning/learner.ts";
import type { Delta, Observation } from "#domain/learning/model.ts";
import { buildLearning } from "#domain/playbook/build/build-learning.ts";
import { seeded } from "#lab/seeded.ts";
import type { LearningStore } from "#ports/learning-store.ts";
import { modelCache } from "#runtime/model-cache.ts";
import { type DynamoEngine, startDynamoEngine } from "../../../support/aws/dynamo-engine.ts";

const START = Date.UTC(2026, 2, 11);
const TIERS = ["none", "silver", "gold", "black"];
const DEVICES = ["phone", "desktop", "tablet"];
const PREDICTORS = { orders: "1", views: "1", tier: "1", device: "1", weekend: "1" };
const LEARNING = buildLearning({ predictors: PREDICTORS, outcomes: { clicked: 0.1, accepted: 1 } });
const ACTIONS = Array.from({ length: 20 }, (_, n) => `action ${n}`);

let engine: DynamoEngine;
let store: LearningStore;
beforeEach(async () => {
  engine = await startDynamoEngine();
  store = dynamoLearningStore({ client: engine.client, table: "learning", random: seeded(3) });
});
afterEach(() => engine.stop());

const world = () => {
  const random = seeded(4);
  const any = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  const customer = () => ({
    orders: Math.floor(random() ** 3 * 40),
    views: Math.floor(random() ** 2 * 60),
    tier: any(TIERS) ?? null,
    device: any(DEVICES) ?? null,
    weekend: random() < 0.3,
  });
  const binning = learnBinning(Array.from({ length: 1_000 }, customer), Object.keys(PREDICTORS));
  const learner = learnerOf(LEARNING, binning);
  let choices = 0;
  const observed = (action: string): Observation => ({
    arm: { action, group: action, channel: "web" },
    features: customer(),
    reward: Number(random() < 0.1),
    expected: random(),
    at: START + choices * 60_000,
  });
  return {
    binning,
    observed,
    deltaOf: (action: string): Delta => learner.observe(observed(action)),
    learn: async (delta: Delta) => {
      choices += 1;
      const counted = { version: 1, seen: true, outcomes: {} };
      const one = { decisionId: `dec_${choices}`, action: "any", counted };
      const { cuts } = await store.head(LEARNING.model);
      while (!(await store.write(LEARNING.model, { cuts, counted: [one], delta, expires: 0 }))) choices += 1;
    },
  };
};

/** A model as large as it becomes: every bin of every action has been seen. */
const grown = async () => {
  const here = world();
  const { deltaOf, binning } = here;
  const all = new Map<string, { weight: number; sum: number; squares: number }>();
  for (const action of ACTIONS) {
    for (let n = 0; n < 400; n += 1) {
      for (const [key, { weight, sum, squares }] of deltaOf(action)) {
        const before = all.get(key) ?? { weight: 0, sum: 0, squares: 0 };
        all.set(key, {
          weight: before.weight + weight,
          sum: before.sum + sum,
          squares: before.squares + squares,
        });
      }
    }
  }
  await store.recut(LEARNING.model, { cuts: 0, sampled: 0, binning, delta: all });
  return here;
};

/** As a sample grows between two cuts. */
const sampledTo = (sampled: number) =>
  new UpdateItemCommand({
    TableName: "learning",
    Key: marshall({ pk: `model#${LEARNING.model}`, sk: "head" }),
    UpdateExpression: "SET sampled = :sampled",
    ExpressionAttributeValues: marshall({ ":sampled": sampled }),
  });

/** Everything under the model, by sort key. */
const sortKeys = async (): Promise<readonly string[]> => {
  const { Items: items = [] } = await engine.client.send(
    new QueryCommand({
      TableName: "learning",
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: marshall({ ":pk": `model#${LEARNING.model}` }),
    }),
  );
  return items.map((item) => item.sk?.S ?? "");
};

describe("what was learnt", () => {
  it("is read for at most 2 units a decision where one is made, and something is learnt, every 5 seconds", async () => {
    const { learn, deltaOf } = await grown();
    let now = START;
    const cache = modelCache(store, { now: () => now });
    await cache.current(LEARNING, ACTIONS);
    let most = 0;
    for (let turn = 0; turn < 20; turn += 1) {
      const action = ACTIONS[turn % ACTIONS.length] ?? "";
      await learn(deltaOf(action));
      await learn(deltaOf(action));
      now += 5_000;
      engine.units();
      await cache.current(LEARNING, ACTIONS);
      most = Math.max(most, engine.units().read);
    }
    expect(most).toBeLessThanOrEqual(2);
    now += 5_000;
    await cache.current(LEARNING, ACTIONS);
    // Nothing was learnt since: only the index is looked at.
    expect(engine.units().read).toBe(0.5);
  });

  it("holds no sums over bins that were cut since", async () => {
    const { learn, deltaOf, binning } = world();
    await learn(deltaOf("tea"));
    const first = { cuts: 0, sampled: 0, binning, delta: deltaOf("tea") };
    expect(await store.recut(LEARNING.model, first)).toBe(true);
    await engine.client.send(sampledTo(500));
    const second = { ...first, cuts: 1, sampled: 500 };
    expect(await store.recut(LEARNING.model, second)).toBe(true);
    const sums = (await sortKeys()).filter((key) => key.startsWith("part#"));
    expect(sums).toEqual(["part#2#0#*", "part#2#0#tea|web"]);
  });

  it("of many more parts than a transaction takes is all there after a cut", async () => {
    const { binning, deltaOf } = world();
    const delta = new Map(Array.from({ length: 130 }, (_, n) => [...deltaOf(`action ${n}`)]).flat());
    expect(await store.recut(LEARNING.model, { cuts: 0, sampled: 0, binning, delta })).toBe(true);
    expect((await store.read(LEARNING.model)).cells).toEqual(delta);
    const cache = modelCache(store, { now: () => START });
    const learnt = await cache.current(LEARNING, ["action 7", "action 129"]);
    expect(Object.keys(learnt?.evidence ?? {})).toEqual(expect.arrayContaining(["action 7", "action 129"]));
  });
});

describe("what the release before learnt", () => {
  const putOld = (sk: string, cells: Readonly<Record<string, readonly number[]>>) =>
    engine.client.send(
      new PutItemCommand({
        TableName: "learning",
        Item: marshall({ pk: `model#${LEARNING.model}`, sk, body: JSON.stringify(cells), version: 7 }),
      }),
    );
  const evidence = async (now: number) =>
    (await modelCache(store, { now: () => now }).current(LEARNING, ["tea"]))?.evidence.tea ?? 0;
  const weight = 2 ** ((START - Date.UTC(2025, 0, 1)) / 86_400_000 / 60);

  beforeEach(async () => {
    const { binning } = world();
    const head = { cuts: 1, sampled: 100, binning };
    const body = JSON.stringify(head);
    const { cuts, sampled } = head;
    const key = { pk: `model#${LEARNING.model}`, sk: "head" };
    await engine.client.send(
      new PutItemCommand({ TableName: "learning", Item: marshall({ ...key, body, cuts, sampled }) }),
    );
    await putOld("cells#0#2#tea|web", { "c|tea|web": [99 * weight, 0, 0] });
    await putOld("cells#1#0#recut 0", { "c|tea|web": [3 * weight, 1, 1] });
    await putOld("cells#1#2#tea|web", { "c|tea|web": [2 * weight, 1, 1] });
  });

  it("is read as it lies there, and goes on counting when more is learnt", async () => {
    expect(await evidence(START)).toBeCloseTo(5, 6);
    const { learn } = world();
    await learn(new Map([["c|tea|web", { weight, sum: 0, squares: 0 }]]));
    expect(await evidence(START)).toBeCloseTo(6, 6);
    expect((await store.read(LEARNING.model)).cells.get("c|tea|web")?.sum).toBe(2);
    expect((await sortKeys()).filter((key) => key.startsWith("cells#0#"))).toEqual([]);
  });

  it("makes room for what is counted anew when bins are cut", async () => {
    const { learn, binning } = world();
    const delta = new Map([["c|tea|web", { weight: 4 * weight, sum: 0, squares: 0 }]]);
    await learn(delta);
    expect(await store.recut(LEARNING.model, { cuts: 1, sampled: 100, binning, delta })).toBe(true);
    expect(await evidence(START)).toBeCloseTo(4, 6);
    expect((await sortKeys()).filter((key) => key.startsWith("cells#"))).toEqual([]);
  });
});
