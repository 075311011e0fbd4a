import { describe, expect, it } from "vitest";
import { learnerOf } from "#domain/learning/learner.ts";
import { addCell, addDelta, armOf, asOf, cellOf, decayWeight, EMPTY_CELL } from "#domain/learning/model.ts";

const DAY = 86_400_000;
const LANDMARK = Date.UTC(2025, 0, 1);
const ARM = { action: "offer", group: "offers", channel: "web" };
const observation = (more: object = {}) => ({ arm: ARM, features: {}, reward: 3, at: LANDMARK, ...more });

describe("the sums of a model", () => {
  it.each([
    ["a choice and its reward", {}, { weight: 1, sum: 3, squares: 9 }],
    ["an outcome alone", { trials: 0 }, { weight: 0, sum: 3, squares: 9 }],
    ["what comes on top, squared as a whole", { before: 2 }, { weight: 1, sum: 3, squares: 21 }],
    [
      "one a half-life later, which weighs double",
      { at: LANDMARK + 10 * DAY },
      { weight: 2, sum: 6, squares: 18 },
    ],
    [
      "one a half-life before, which weighs half",
      { at: LANDMARK - 10 * DAY },
      { weight: 0.5, sum: 1.5, squares: 4.5 },
    ],
  ])("grow by %s", (_what, more, cell) => {
    expect(cellOf(observation(more), 10)).toEqual(cell);
  });

  it("forget nothing without a half-life", () => {
    expect(decayWeight(LANDMARK + 900 * DAY, 0)).toBe(1);
    expect(cellOf(observation({ at: LANDMARK + 900 * DAY }), 0).weight).toBe(1);
  });

  it("are read as of now", () => {
    const cell = { weight: 4, sum: 8, squares: 12 };
    expect(asOf(cell, LANDMARK + 20 * DAY, 10)).toEqual({ weight: 1, sum: 2, squares: 3 });
    expect(asOf(cell, LANDMARK, 10)).toBe(cell);
    expect(asOf(cell, LANDMARK + 20 * DAY, 0)).toBe(cell);
  });

  it("add up, by their keys", () => {
    const [one, other] = [
      { weight: 1, sum: 2, squares: 3 },
      { weight: 4, sum: 5, squares: 6 },
    ];
    expect(addCell(one, other)).toEqual({ weight: 5, sum: 7, squares: 9 });
    const cells = new Map([["a", one]]);
    expect(
      addDelta(
        cells,
        new Map([
          ["a", other],
          ["b", other],
        ]),
      ),
    ).toEqual(
      new Map([
        ["a", { weight: 5, sum: 7, squares: 9 }],
        ["b", other],
      ]),
    );
    expect(cells).toEqual(new Map([["a", one]]));
    expect(EMPTY_CELL).toEqual({ weight: 0, sum: 0, squares: 0 });
  });

  it("are learnt for an action in its group, or in one of its own", () => {
    expect(armOf({ name: "offer", group: "offers" }, "web")).toEqual(ARM);
    expect(armOf({ name: "offer" }, "web")).toEqual({ ...ARM, group: "offer" });
  });
});

it("a line that has seen as much as it has places is believed by half, and the prior by the other", () => {
  const learner = learnerOf({ learner: "linear", halfLifeDays: 0, segmentBy: 0 }, {});
  const seen = addDelta(new Map(), learner.observe(observation({ reward: 1 })));
  const mean = (prior: number) => learner.estimator(seen, LANDMARK)(ARM, {}, prior).mean;
  expect(mean(0.6) - mean(0.2)).toBeCloseTo(0.2, 12);
  expect(mean(0)).toBeGreaterThan(0);
});
