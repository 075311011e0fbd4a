import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dynamoExperimentStore } from "#adapters/dynamodb/experiments/experiment-store.ts";
import { memoryExperimentStore } from "#adapters/memory/experiment-store.ts";
import type { Group, StoredUnit } from "#domain/experiment/unit.ts";
import { seeded } from "#lab/seeded.ts";
import type { ExperimentStore } from "#ports/experiment-store.ts";
import { startDynamoEngine } from "../support/aws/dynamo-engine.ts";

const UNIT = { version: 1, variant: "a", since: "2026-03-11T11:00:00.000Z", value: 0 };
const NEW = { count: 1, sum: 0, sumOfSquares: 0, switched: 0 };
const change = (
  units: Readonly<Record<string, StoredUnit>>,
  added: Readonly<Record<string, Group>> = { a: NEW },
) => ({
  units: new Map(Object.entries(units)),
  added: new Map(Object.entries(added)),
  expires: 2_000_000_000,
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

  const storedOf = async (...ids: readonly string[]) => Object.fromEntries(await store.units("exp", ids));
  const sums = async () => Object.fromEntries(await store.sums("exp"));

  it("count each customer once, and what they add later", async () => {
    expect(await storedOf("cus_1")).toEqual({});
    expect(await store.count("exp", change({ cus_1: UNIT }))).toBe(true);
    expect(await store.count("exp", change({ cus_1: UNIT }))).toBe(false);
    expect(await store.count("exp", change({ cus_2: { ...UNIT, variant: "b" } }, { b: NEW }))).toBe(true);
    const reached = { ...UNIT, version: 2, value: 0.5, reached: "2026-03-12T11:00:00.000Z" };
    const half = { count: 0, sum: 0.5, sumOfSquares: 0.25, switched: 0 };
    expect(await store.count("exp", change({ cus_1: reached }, { a: half }))).toBe(true);
    expect(await storedOf("cus_1")).toEqual({ cus_1: reached });
    expect(await sums()).toEqual({ a: { ...half, count: 1 }, b: NEW });
    expect((await store.sums("other")).size).toBe(0);
  });

  it("unite several customers in several variants all at once or not at all", async () => {
    await store.count("exp", change({ cus_1: UNIT }));
    await store.count("exp", change({ cus_2: { ...UNIT, variant: "b" } }, { b: NEW }));
    const united = (version: number) =>
      change(
        {
          cus_1: { ...UNIT, version: 2, switched: true },
          cus_2: { version, movedTo: "cus_1" },
          cus_3: { version: 1, movedTo: "cus_1" },
        },
        { a: { ...NEW, count: 0, switched: 1 }, b: { ...NEW, count: -1 } },
      );
    expect(await store.count("exp", united(3))).toBe(false);
    expect(await sums()).toEqual({ a: NEW, b: NEW });
    expect(await store.count("exp", united(2))).toBe(true);
    expect(await sums()).toEqual({ a: { ...NEW, switched: 1 }, b: { ...NEW, count: 0 } });
    expect(await storedOf("cus_1", "cus_2", "cus_3", "cus_2", "cus_4")).toEqual({
      cus_1: { ...UNIT, version: 2, switched: true },
      cus_2: { version: 2, movedTo: "cus_1" },
      cus_3: { version: 1, movedTo: "cus_1" },
    });
  });

  it("find more customers than one request holds", async () => {
    const ids = Array.from({ length: 201 }, (_, number) => `cus_${number}`);
    await store.count("exp", change({ cus_0: UNIT, cus_200: UNIT }));
    expect(Object.keys(await storedOf(...ids)).sort()).toEqual(["cus_0", "cus_200"]);
  });
});
