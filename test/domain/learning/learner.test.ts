import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binOf, learnBinning } from "#domain/learning/binning.ts";
import { learnerOf } from "#domain/learning/learner.ts";
import { addDelta, type Cells, type Delta, type Observation } from "#domain/learning/model.ts";
import { seeded } from "#lab/seeded.ts";

const arm = (action: string) => ({ action, group: "drinks", channel: "web" });
const LEARNERS = ["auto", "counters", "linear"] as const;
const settings = (learner: (typeof LEARNERS)[number], halfLifeDays = 0) => ({
  learner,
  halfLifeDays,
  segmentBy: 2,
});
const DAY = 86_400_000;
const sum = (deltas: readonly Delta[]): Cells => deltas.reduce<Cells>(addDelta, new Map());

/** The young like tea (60 %), others do not (10 %); nobody cares for luck. */
const customers = (count: number): Observation[] => {
  const random = seeded(33);
  return Array.from({ length: count }, () => {
    const age = 18 + Math.floor(random() * 60);
    const luck = ["high", "low"][Math.floor(random() * 2)] ?? "";
    return {
      arm: arm("tea"),
      features: { age, luck },
      reward: Number(random() < (age < 40 ? 0.6 : 0.1)),
      at: 0,
    };
  });
};
const BINNING = learnBinning(
  customers(500).map(({ features }) => features),
  ["age", "luck"],
);

describe.each(LEARNERS)("the %s learner", (name) => {
  it("tells customers apart by what worked for their like", () => {
    const learner = learnerOf(settings(name), BINNING);
    const estimate = learner.estimator(sum(customers(3_000).map(learner.observe)), 0);
    const young = estimate(arm("tea"), { age: 22, luck: "low" }, 0.5);
    const old = estimate(arm("tea"), { age: 70, luck: "low" }, 0.5);
    expect(young.mean).toBeGreaterThan(0.45);
    expect(old.mean).toBeLessThan(0.2);
    expect(old.evidence).toBe(3_000);
  });

  it("believes the prior of an arm while nothing is known at all, and is unsure", () => {
    const estimate = learnerOf(settings(name), BINNING).estimator(new Map(), 0);
    expect(estimate(arm("cake"), { age: 30 }, 0.3).mean).toBeCloseTo(0.3, 6);
    expect(estimate(arm("cake"), { age: 30 }, 0.3).deviation).toBeGreaterThan(0.1);
  });

  it("believes what somebody says of an arm over what all others did, until the arm itself was seen", () => {
    const learner = learnerOf(settings(name), BINNING);
    const seen = sum(customers(2_000).map(learner.observe));
    const cake = (cells: Cells) =>
      learner.estimator(cells, 0)(arm("cake"), { age: 30, luck: "low" }, 0.01, true).mean;
    expect(cake(seen)).toBeCloseTo(0.01, 6);
    const eaten = customers(300).map((one) => learner.observe({ ...one, arm: arm("cake"), reward: 1 }));
    expect(cake(sum([seen, ...eaten]))).toBeGreaterThan(0.8);
  });

  it("grows surer with evidence", () => {
    const learner = learnerOf(settings(name), BINNING);
    const unsure = (count: number): number =>
      learner.estimator(sum(customers(count).map(learner.observe)), 0)(
        arm("tea"),
        { age: 30, luck: "low" },
        0.5,
      ).deviation;
    expect(unsure(2_000)).toBeLessThan(unsure(200));
  });

  it("is not certain of an arm that never paid, where others pay now and then", () => {
    const learner = learnerOf(settings(name), BINNING);
    const never = customers(50).map((one) => learner.observe({ ...one, arm: arm("cake"), reward: 0 }));
    const estimate = learner.estimator(sum([...customers(2_000).map(learner.observe), ...never]), 0);
    expect(estimate(arm("cake"), { age: 30, luck: "low" }, 0.5).deviation).toBeGreaterThan(0.02);
  });

  it("comes to the same in any order, in batches, and with outcomes apart from trials", () => {
    const learner = learnerOf(settings(name, 30), BINNING);
    const all = customers(40).map((one, index) => ({ ...one, at: index * DAY }));
    const apart = all.flatMap((one): Observation[] => [
      { ...one, trials: 1, reward: 0 },
      { ...one, trials: 0, before: 0 },
    ]);
    const whole = sum(all.map(learner.observe));
    fc.assert(
      fc.property(fc.shuffledSubarray(apart, { minLength: apart.length }), (shuffled) => {
        const cells = sum(shuffled.map(learner.observe));
        for (const [key, cell] of whole) {
          expect(cells.get(key)?.weight ?? 0).toBeCloseTo(cell.weight, 6);
          expect(cells.get(key)?.sum ?? 0).toBeCloseTo(cell.sum, 6);
          expect(cells.get(key)?.squares ?? 0).toBeCloseTo(cell.squares, 6);
        }
      }),
      { numRuns: 20 },
    );
  });

  it("forgets: what changed counts more than what was", () => {
    const learner = learnerOf(settings(name, 14), {});
    const at = Date.UTC(2026, 0, 1);
    const told = (day: number, reward: number): Delta =>
      learner.observe({ arm: arm("tea"), features: {}, reward, at: at + day * DAY });
    const cells = sum([
      ...Array.from({ length: 100 }, () => told(0, 1)),
      ...Array.from({ length: 100 }, () => told(140, 0)),
    ]);
    expect(learner.estimator(cells, at + 140 * DAY)(arm("tea"), {}, 0.5).mean).toBeLessThan(0.1);
  });
});

describe("counters", () => {
  const shown = (action: string, features: Observation["features"], count: number, every = 0) =>
    Array.from({ length: count }, (_, n) => ({
      arm: arm(action),
      features,
      reward: every > 0 && n % every === 0 ? 1 : 0,
      at: 0,
    }));
  const expected = (
    observations: readonly Observation[],
    features: Observation["features"],
    prior: number,
  ) => {
    const learner = learnerOf(settings("counters"), BINNING);
    const cells = sum(observations.map(learner.observe));
    return learner.estimator(cells, 0)(arm("tea"), features, prior, true).mean;
  };

  it("do not give up what is rare after a few failures, and do after many", () => {
    const features = { age: 30, luck: "low" };
    expect(expected(shown("tea", features, 5), features, 0.02)).toBeGreaterThan(0.015);
    expect(expected(shown("tea", features, 3_000), features, 0.02)).toBeLessThan(0.005);
  });

  it("expect the same whatever the number of predictors that make no difference", () => {
    const features = { age: 30, luck: "low" };
    const settingsOf = (binning: typeof BINNING) =>
      learnerOf({ ...settings("counters"), segmentBy: 0 }, binning);
    const means = [BINNING, {}].map((binning) => {
      const learner = settingsOf(binning);
      const cells = sum(shown("tea", features, 200, 10).map(learner.observe));
      return learner.estimator(cells, 0)(arm("tea"), features, 0.3, true).mean;
    });
    expect(means[0]).toBeCloseTo(means[1] ?? 0, 9);
    expect(means[0]).toBeGreaterThan(0.1);
    expect(means[0]).toBeLessThan(0.3);
  });

  it("expect of an arm that nobody says anything of what its group does", () => {
    const learner = learnerOf(settings("counters"), BINNING);
    const cells = sum(customers(2_000).map(learner.observe));
    const { mean } = learner.estimator(cells, 0)(arm("cake"), { age: 30, luck: "low" }, 0.01);
    expect(mean).toBeGreaterThan(0.2);
  });
});

describe("bins", () => {
  it("have round edges, at most as many bins as asked for, and place every value in one", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 10, maxLength: 200 }),
        (values) => {
          const { x } = learnBinning(
            values.map((value) => ({ x: value })),
            ["x"],
            6,
          );
          if (x?.kind !== "number") throw new Error("numbers are cut as numbers");
          expect(x.edges.length).toBeLessThanOrEqual(5);
          expect([...x.edges].sort((a, b) => a - b)).toEqual(x.edges);
          const bins = [...values].sort((a, b) => a - b).map((value) => Number(binOf(x, value)));
          expect([...bins].sort((a, b) => a - b)).toEqual(bins);
        },
      ),
    );
  });
  it("are where people would put them", () => {
    const random = seeded(2);
    const sample = Array.from({ length: 1_000 }, () => ({ age: 20 + random() * 60 }));
    expect(learnBinning(sample, ["age"]).age).toEqual({ kind: "number", edges: [30, 40, 50, 60, 70] });
  });
  it("keep rare texts and missing values apart", () => {
    const sample = [...Array(9).fill({ tier: "gold" }), { tier: "tin" }, { tier: null }];
    const { tier } = learnBinning(sample, ["tier"], 1);
    if (tier === undefined) throw new Error("there are bins");
    expect([binOf(tier, "gold"), binOf(tier, "tin"), binOf(tier, null)]).toEqual(["0", "~", "-"]);
  });
});
