import { describe, expect, it } from "vitest";
import type { Binning } from "#domain/learning/binning.ts";
import {
  COUNTER_DEFAULTS,
  type CounterSettings,
  counterEstimator,
  observeBins,
  observeCounters,
} from "#domain/learning/counters.ts";
import type { Cell } from "#domain/learning/model.ts";

const BINNING: Binning = {
  age: { kind: "number", edges: [20, 30, 40] },
  city: { kind: "text", values: ["Rome", "Oslo"] },
};
const settings = (more: Partial<CounterSettings> = {}): CounterSettings => ({
  ...COUNTER_DEFAULTS,
  binning: BINNING,
  segmentBy: ["age", "city"],
  halfLifeDays: 0,
  ...more,
});
const ARM = { action: "tea", group: "drinks", channel: "web" };
const cell = (weight: number, sum: number, squares: number): Cell => ({ weight, sum, squares });
const CELLS = new Map([
  ["*", cell(40, 10, 8)],
  ["g|drinks", cell(20, 6, 5)],
  ["a|tea", cell(10, 4, 3.5)],
  ["c|tea|web", cell(8, 3, 2.5)],
  ["p|tea|web|age|1", cell(4, 2, 1.5)],
  ["p|tea|web|city|0", cell(2, 0.5, 0.3)],
  ["h|tea|web|0,0", cell(5, 2, 1.7)],
  ["s|tea|web|1,0", cell(3, 1, 0.8)],
]);
const ROMAN = { age: 25, city: "Rome" };

describe("what counters expect", () => {
  const estimate = counterEstimator(settings(), CELLS, 0);

  // Worked apart from the code, by the formulas of its docstrings.
  it("is drawn from coarser cells to finer ones", () => {
    const { mean, deviation, evidence } = estimate(ARM, ROMAN, 0.2);
    expect(mean).toBeCloseTo(0.3703203085395844, 12);
    expect(deviation).toBeCloseTo(0.14468082002304136, 12);
    expect(evidence).toBe(8);
  });

  it("leaves others out where the playbook declares it for the action", () => {
    expect(estimate(ARM, ROMAN, 0.2, true).mean).toBeCloseTo(0.3609078276820762, 12);
  });

  it("goes without segments where no predictor spans them", () => {
    const { age } = BINNING;
    const lone = settings({ segmentBy: [], binning: age === undefined ? {} : { age } });
    const { mean, deviation } = counterEstimator(lone, CELLS, 0)(ARM, ROMAN, 0.6);
    expect(mean).toBeCloseTo(0.4213444836119757, 12);
    expect(deviation).toBeCloseTo(0.11636866703140784, 12);
  });

  it("of an arm that nobody saw varies as rewards do elsewhere, and as a fair coin where nothing was seen", () => {
    const everybody = new Map([...CELLS].slice(0, 1));
    const { mean, deviation, evidence } = counterEstimator(settings(), everybody, 0)(ARM, ROMAN, 0.5);
    expect(mean).toBeCloseTo(0.26744186046511625, 12);
    expect(deviation).toBeCloseTo(0.18540496217739158, 12);
    expect(evidence).toBe(0);
    expect(counterEstimator(settings(), new Map(), 0)(ARM, ROMAN, 0.5)).toEqual({
      mean: 0.5,
      deviation: 0.25,
      evidence: 0,
    });
  });

  it("weighs what was seen by its age", () => {
    const at = (days: number) => Date.UTC(2025, 0, 1) + days * 86_400_000;
    const read = (days: number) =>
      counterEstimator(settings({ halfLifeDays: 7 }), CELLS, at(days))(ARM, ROMAN, 0.2).evidence;
    expect([read(0), read(7), read(14)]).toEqual([8, 4, 2]);
  });
});

describe("the cells of an observation", () => {
  const keys = (features: Record<string, string | number | null>, more: Partial<CounterSettings> = {}) => [
    ...observeCounters(settings(more), { arm: ARM, features, reward: 1, at: 0 }).keys(),
  ];

  it.each([
    [10, "0", "0"],
    [20, "1", "0"],
    [29, "1", "0"],
    [30, "2", "1"],
    [40, "3", "1"],
    [null, "-", "-"],
  ])("of somebody aged %j are of bin %s and half %s", (age, bin, half) => {
    expect(keys({ age, city: "Oslo" }).slice(-2)).toEqual([`h|tea|web|${half},1`, `s|tea|web|${bin},1`]);
  });

  it("are for everybody, the group, the action, the arm, each bin, and the segments that predictors span", () => {
    const common = ["*", "g|drinks", "a|tea", "c|tea|web", "p|tea|web|age|1", "p|tea|web|city|~"];
    expect(keys({ age: 25, city: "Bonn" })).toEqual([...common, "h|tea|web|0,~", "s|tea|web|1,~"]);
    expect(keys({ age: 25, city: "Bonn" }, { segmentBy: [] })).toEqual(common);
    expect(keys({ age: 25 }, { segmentBy: ["gone"] }).slice(-2)).toEqual(["h|tea|web|-", "s|tea|web|-"]);
    const bins = observeBins(BINNING, { arm: ARM, features: ROMAN, reward: 1, at: 0 }, 0);
    expect([...bins]).toEqual([
      ["p|tea|web|age|1", cell(1, 1, 1)],
      ["p|tea|web|city|0", cell(1, 1, 1)],
    ]);
  });
});
