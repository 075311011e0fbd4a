import { describe, expect, it } from "vitest";
import { assignedAt, changesOf } from "#domain/experiment/active.ts";
import { assignments, recordedGoal, recordedMerge } from "#domain/experiment/recorded.ts";
import type { Experiment } from "#domain/playbook/model/experiments.ts";
import { decideFor, iso, NOON, playbookOf } from "../../support/decisions/decision.ts";

const variant = (name: string, more = {}) => ({
  name,
  weight: 1,
  holdout: false,
  levers: {},
  treatments: {},
  ...more,
});
const experiment = (more: Partial<Experiment> = {}): Experiment =>
  ({
    id: "exp_1",
    name: "hero",
    placements: [],
    variants: [variant("only")],
    goals: { "Order Completed": 1 },
    windowMs: 1_000,
    ...more,
  }) as Experiment;

describe("an experiment", () => {
  const isOn = (more: Partial<Experiment>, placement = "web", now = NOON) =>
    assignedAt([experiment(more)], { customerId: "cus_1", placement, now }).length === 1;

  it("runs from its first moment until before its last, at its placements", () => {
    expect(isOn({})).toBe(true);
    expect([NOON - 1, NOON, NOON + 1].map((activeFrom) => isOn({ activeFrom }))).toEqual([true, true, false]);
    expect([NOON - 1, NOON, NOON + 1].map((activeTo) => isOn({ activeTo }))).toEqual([false, false, true]);
    expect([isOn({ placements: ["web"] }), isOn({ placements: ["mail"] })]).toEqual([true, false]);
    expect(isOn({ activeFrom: NOON - 1, activeTo: NOON + 1, placements: ["mail"] })).toBe(false);
  });

  it("multiplies levers with the others', and decides a treatment first come, first served", () => {
    const one = experiment({
      variants: [variant("a", { levers: { tea: 3 }, treatments: { tea: "first" } })] as never,
    });
    const two = experiment({
      variants: [variant("b", { levers: { tea: 2 }, treatments: { tea: "second", cake: "c" } })] as never,
    });
    const changes = changesOf(assignedAt([one, two], { customerId: "cus_1", placement: "web", now: NOON }));
    expect([changes.leverOf("tea"), changes.leverOf("cake")]).toEqual([6, 1]);
    expect(["tea", "cake", "constructor"].map(changes.treatmentOf)).toEqual(["first", "c", undefined]);
    expect(changes.holdout).toBe(false);
  });
});

describe("what an experiment is told", () => {
  const playbook = (more: Partial<Experiment> = {}) => ({
    version: "v1",
    document: { experiments: [experiment(more)] },
  });
  const person = { customerId: "cus_2", absorbed: ["cus_1"] };
  const order = { id: "evt_1", name: "Order Completed", at: iso(NOON), imported: false, properties: {} };

  it("are goals that somebody reached, and no imports, machines or other events", () => {
    expect(recordedGoal(order, person, playbook())?.detail).toMatchObject({
      experiments: ["hero"],
      fact: "Order Completed",
      customerId: "cus_2",
      absorbed: ["cus_1"],
    });
    expect(recordedGoal({ ...order, imported: true }, person, playbook())).toBeNull();
    expect(recordedGoal({ ...order, properties: { machine: true } }, person, playbook())).toBeNull();
    expect(recordedGoal({ ...order, properties: { machine: false } }, person, playbook())).not.toBeNull();
    expect(recordedGoal({ ...order, name: "constructor" }, person, playbook())).toBeNull();
    expect(recordedGoal(order, { ...person, absorbed: [] }, playbook())?.detail).not.toHaveProperty(
      "absorbed",
    );
  });

  it("are merges, until its window after the end is over", () => {
    const merge = (at: number, more: Partial<Experiment> = {}) =>
      recordedMerge({ id: "evt_1", at: iso(at) }, person, playbook(more));
    expect(merge(NOON)?.detail).toMatchObject({ experiments: ["hero"], fact: "merged" });
    expect(merge(NOON + 1_000, { activeTo: NOON })).not.toBeNull();
    expect(merge(NOON + 1_001, { activeTo: NOON })).toBeNull();
  });

  it("are decisions about known customers that took part, and no trial runs", () => {
    const { decision } = decideFor(playbookOf({}));
    const taking = { ...decision, experiments: { hero: "only" } };
    const told = assignments([taking]);
    expect(told.map(({ detail }) => detail)).toMatchObject([
      { experiments: ["hero"], variants: { hero: "only" }, fact: "assigned" },
    ]);
    expect(assignments([decision, { ...taking, customerId: null }, { ...taking, dryRun: true }])).toEqual([]);
  });
});
