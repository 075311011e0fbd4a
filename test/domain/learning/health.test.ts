import { describe, expect, it } from "vitest";
import { learnBinning } from "#domain/learning/binning.ts";
import { areaUnderCurve, expectationCell, healthOf } from "#domain/learning/health.ts";
import { learnerOf } from "#domain/learning/learner.ts";
import { addDelta, type Cells, type Observation } from "#domain/learning/model.ts";
import { seeded } from "#lab/seeded.ts";

type LearnerName = "counters" | "linear";
const ARM = { action: "tea", group: "drinks", channel: "web" };

/** 4,000 choices: success depends on age alone, and is foreseen as the truth is. */
const observations = (): Observation[] => {
  const random = seeded(21);
  return Array.from({ length: 4_000 }, () => {
    const age = 20 + Math.floor(random() * 60);
    const luck = random() < 0.5 ? "yes" : "no";
    const expected = age < 50 ? 0.12 : 0.45;
    return { arm: ARM, features: { age, luck }, reward: Number(random() < expected), expected, at: 0 };
  });
};
const health = (name: LearnerName = "counters") => {
  const all = observations();
  const binning = learnBinning(
    all.map(({ features }) => features),
    ["age", "luck"],
  );
  const learner = learnerOf({ learner: name, halfLifeDays: 0, segmentBy: 1 }, binning);
  const cells = all.reduce<Cells>((sums, one) => addDelta(sums, learner.observe(one)), new Map());
  return healthOf(cells, binning, { now: 0, halfLifeDays: 0 });
};

describe("the area under the curve", () => {
  it("is 1 for scores that part successes from failures, half for scores that tell nothing", () => {
    expect(
      areaUnderCurve([
        { good: 0, bad: 5 },
        { good: 3, bad: 0 },
      ]),
    ).toBe(1);
    expect(areaUnderCurve([{ good: 3, bad: 5 }])).toBe(0.5);
    expect(
      areaUnderCurve([
        { good: 3, bad: 0 },
        { good: 0, bad: 5 },
      ]),
    ).toBe(0);
  });
  it("is not known without both", () => {
    expect(areaUnderCurve([{ good: 3, bad: 0 }])).toBeNull();
  });
});

describe("what was expected of a choice", () => {
  const EDGES = [
    0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9,
  ];
  const cellOf = (expected?: number) =>
    expectationCell(
      { arm: ARM, features: {}, reward: 1, at: 0, ...(expected === undefined ? {} : { expected }) },
      0,
    );
  it("is counted in classes that begin at their edges", () => {
    for (const [index, edge] of EDGES.entries()) {
      expect(cellOf(edge)?.[0]).toBe(`r|tea|web|${index + 1}`);
      expect(cellOf(edge - 1e-9)?.[0]).toBe(`r|tea|web|${index}`);
    }
    expect(cellOf(0.25)?.[1]).toEqual({ weight: 1, sum: 1, squares: 0.25 });
    expect(cellOf()).toBeNull();
  });
});

describe("the health of a model", () => {
  it("shows evidence, rate, accuracy and calibration of each action on each channel", () => {
    const [tea] = health();
    expect(tea).toMatchObject({ action: "tea", channel: "web", evidence: 4_000 });
    expect(tea?.rate).toBeCloseTo(0.285, 1);
    // Of the truth itself, with these two rates: (0.45 - 0.12) apart on halves of the customers.
    expect(tea?.auc).toBeGreaterThan(0.65);
    for (const { expected, observed } of tea?.calibration ?? []) {
      expect(Math.abs(expected - observed)).toBeLessThan(0.04);
    }
    expect(tea?.calibration.map(({ expected }) => Math.round(expected * 100))).toEqual([12, 45]);
  });
  it.each(["counters", "linear"] as const)("ranks predictors by what they tell alone, for %s", (name) => {
    const [tea] = health(name);
    expect(tea?.predictors.map(({ name }) => name)).toEqual(["age", "luck"]);
    expect(tea?.predictors[1]?.auc).toBeLessThan(0.53);
  });
});
