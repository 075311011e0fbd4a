import { beforeEach, describe, expect, it } from "vitest";
import { memoryExperimentStore } from "#adapters/memory/experiment-store.ts";
import { assign } from "#domain/experiment/assignment.ts";
import { recordedGoal } from "#domain/experiment/recorded.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { ExperimentRecorded } from "#events/experiment-recorded.ts";
import { experimentCalls } from "#functions/measure/models-api/experiments.ts";
import { Experiments } from "#functions/measure/models-api/operations.ts";
import { seeded } from "#lab/seeded.ts";
import { system } from "#runtime/system.ts";
import { countExperiments } from "#usecases/learn/count-experiments.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const EXPERIMENTS = `
home page:
  variants: { as ever: {}, nothing: { holdout: true } }
  goals: { Order Completed: 1, Product Viewed: 0.25 }
  window: P2D
`;
const AT = "2026-03-11T11:00:00.000Z";
const LATER = "2026-03-12T11:00:00.000Z";

let playbook: CompiledPlaybook;
let store: ReturnType<typeof memoryExperimentStore>;
const tell = (customerId: string, fact: string, at = AT, more: Partial<ExperimentRecorded> = {}) =>
  countExperiments(
    {
      playbook: async () => playbook.document,
      experiments: store,
      clock: { now: () => Date.parse(LATER) },
      pause: system.pause,
    },
    {
      v: 1,
      eventId: `evt_${fact}`,
      customerId,
      playbook: playbook.version,
      experiments: ["home page"],
      fact,
      at,
      ...(fact === "assigned" ? { variants: { "home page": variantOf(customerId) } } : {}),
      ...more,
    },
  );
const variantOf = (customerId: string): string => {
  const [experiment] = playbook.document.experiments ?? [];
  if (experiment === undefined) throw new Error("there is an experiment");
  return assign(experiment.id, customerId, experiment.variants).name;
};
const ask = async () => {
  const calls = experimentCalls({ playbook: async () => playbook.document, experiments: store });
  const { items } = Experiments.parse((await calls()).json);
  return items[0];
};
const totals = async () => {
  const variants = (await ask())?.variants ?? [];
  return {
    customers: variants.reduce((sum, { customers }) => sum + customers, 0),
    worth: variants.reduce((sum, { customers, mean }) => sum + customers * mean, 0),
  };
};

beforeEach(async () => {
  playbook = await testPlaybook({ "experiments.yaml": EXPERIMENTS });
  store = memoryExperimentStore();
});

describe("an experiment", () => {
  it("counts a customer and their best goal once, however often it is told", async () => {
    await tell("cus_1", "assigned");
    await tell("cus_1", "assigned");
    await tell("cus_1", "Product Viewed", LATER);
    await tell("cus_1", "Order Completed", LATER);
    await tell("cus_1", "Order Completed", LATER);
    expect(await totals()).toEqual({ customers: 1, worth: 1 });
  });

  it("counts no goal before a customer came in, after the window, or of others", async () => {
    await tell("cus_1", "assigned");
    await tell("cus_1", "Order Completed", "2026-03-11T10:00:00.000Z");
    await tell("cus_1", "Order Completed", "2026-03-14T11:00:00.000Z");
    await tell("cus_2", "Order Completed", LATER);
    expect(await totals()).toEqual({ customers: 1, worth: 0 });
  });

  it("tells only events that are a goal, and none that were imported or that a machine caused", () => {
    const event = { id: "evt_1", name: "Order Completed", at: AT, imported: false };
    const person = { customerId: "cus_1", absorbed: [] };
    expect(recordedGoal(event, person, playbook)?.detail).toMatchObject({ experiments: ["home page"] });
    expect(recordedGoal({ ...event, imported: true }, person, playbook)).toBeNull();
    expect(recordedGoal({ ...event, properties: { machine: true } }, person, playbook)).toBeNull();
    expect(recordedGoal({ ...event, name: "Signed Up" }, person, playbook)).toBeNull();
  });

  it("counts visitors who log in once, with what they do afterwards, and says who was given two variants", async () => {
    const visitors = Array.from({ length: 40 }, (_, n) => `cus_visitor${n}`);
    for (const visitor of visitors) {
      const known = `cus_known${visitor}`;
      const absorbed = [visitor];
      await tell(visitor, "assigned");
      await tell(known, "assigned", LATER);
      await tell(known, "merged", LATER, { absorbed });
      await tell(known, "Order Completed", LATER, { absorbed });
    }
    const variants = (await ask())?.variants ?? [];
    for (const { variant, customers, switched, mean } of variants) {
      const own = visitors.filter((visitor) => variantOf(visitor) === variant);
      const other = own.filter((visitor) => variantOf(`cus_known${visitor}`) !== variant);
      expect({ customers, switched, mean }).toEqual({
        customers: own.length,
        switched: other.length,
        mean: 1,
      });
      expect(other.length).toBeGreaterThan(0);
    }
  });

  it("counts one person once though all of it is told at the same time, again and again", async () => {
    const absorbed = ["cus_a", "cus_b", "cus_c"];
    for (const id of absorbed) await tell(id, "assigned");
    await Promise.all(
      Array.from({ length: 12 }, (_, n) => [
        tell("cus_known", "merged", LATER, { absorbed }),
        tell("cus_known", "Order Completed", LATER, { absorbed }),
        tell(`cus_${"abc"[n % 3]}`, "Product Viewed", LATER),
        tell("cus_known", "assigned", LATER),
      ]).flat(),
    );
    expect(await totals()).toEqual({ customers: 1, worth: 1 });
  });

  it("shows uplift with intervals over the control, and groups of the planned sizes", async () => {
    const random = seeded(6);
    for (let n = 0; n < 600; n += 1) {
      await tell(`cus_${n}`, "assigned");
      if (random() < (variantOf(`cus_${n}`) === "as ever" ? 0.4 : 0.1))
        await tell(`cus_${n}`, "Order Completed", LATER);
    }
    const found = await ask();
    expect(found?.control).toBe("as ever");
    expect(found?.sampleRatio.mismatch).toBe(false);
    const nothing = found?.variants.find(({ variant }) => variant === "nothing");
    expect(nothing?.uplift?.difference).toBeLessThan(-0.2);
    expect(nothing?.uplift?.fixed?.high).toBeLessThan(0);
    expect(nothing?.uplift?.pValue).toBeLessThan(0.001);
  });

  it("flags groups that lost customers", async () => {
    for (let n = 0; n < 400; n += 1) {
      const variant = n % 4 === 0 ? "nothing" : "as ever";
      await tell(`cus_${n}`, "assigned", AT, { variants: { "home page": variant } });
    }
    expect((await ask())?.sampleRatio.mismatch).toBe(true);
  });
});
