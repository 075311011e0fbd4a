import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { seeded } from "../../scripts/seeded.ts";
import { dynamoExperimentStore } from "../../shared/adapters/dynamodb/experiment-store.ts";
import { memoryExperimentStore } from "../../shared/adapters/memory/experiment-store.ts";
import type { ExperimentStore } from "../../shared/ports/experiment-store.ts";
import { startDynamoEngine } from "../support/dynamo-engine.ts";

const UNIT = { version: 1, variant: "a", since: "2026-03-11T11:00:00.000Z", value: 0 };
const change = (customerId: string, changes = {}) => ({
  customerId,
  unit: UNIT,
  variant: "a",
  added: { count: 1, sum: 0, sumOfSquares: 0 },
  expires: 2_000_000_000,
  ...changes,
});

const technologies: Record<string, () => Promise<{ store: ExperimentStore; stop: () => void }>> = {
  memory: async () => ({ store: memoryExperimentStore(), stop: () => {} }),
  dynamodb: async () => {
    const { client, stop } = await startDynamoEngine();
    return { store: dynamoExperimentStore({ client, table: "learning", random: seeded(2) }), stop };
  },
};

describe.each(Object.entries(technologies))("sums of experiments in %s", (_name, start) => {
  let store: ExperimentStore;
  let stop: () => void;
  beforeEach(async () => {
    ({ store, stop } = await start());
  });
  afterEach(() => stop());

  it("count each customer once, and what they add later", async () => {
    expect(await store.unit("exp", "cus_1")).toBeNull();
    expect(await store.count("exp", change("cus_1"))).toBe(true);
    expect(await store.count("exp", change("cus_1"))).toBe(false);
    expect(await store.count("exp", change("cus_2", { variant: "b" }))).toBe(true);
    const goal = {
      unit: { ...UNIT, version: 2, value: 0.5 },
      added: { count: 0, sum: 0.5, sumOfSquares: 0.25 },
    };
    expect(await store.count("exp", change("cus_1", goal))).toBe(true);
    expect(await store.unit("exp", "cus_1")).toEqual(goal.unit);
    expect([...(await store.sums("exp"))].sort()).toEqual([
      ["a", { count: 1, sum: 0.5, sumOfSquares: 0.25 }],
      ["b", { count: 1, sum: 0, sumOfSquares: 0 }],
    ]);
    expect((await store.sums("other")).size).toBe(0);
  });
});
