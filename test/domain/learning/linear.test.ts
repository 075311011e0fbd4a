import { describe, expect, it } from "vitest";
import { estimateLinear, observeLinear, solveLinear, typicalVariance } from "#domain/learning/linear.ts";
import { addDelta, type Cell, type Cells, decayWeight } from "#domain/learning/model.ts";

const ARM = { action: "offer", group: "offers", channel: "email" };
const NOW = Date.UTC(2026, 0, 1);
const settings = (dimensions: number, ridge = 1, halfLifeDays = 0) => ({ dimensions, ridge, halfLifeDays });
const sumOf = (sum: number): Cell => ({ weight: 0, sum, squares: 0 });
const observed = (x: readonly number[], reward: number, trials: 0 | 1 = 1) =>
  Object.fromEntries(observeLinear(settings(2), x, { arm: ARM, trials, reward, at: NOW }));

describe("what an observation adds to the sums of a line", () => {
  const count = { weight: 1, sum: 3, squares: 9 };

  it.each([
    [
      "one count, the products below the diagonal and what each place was rewarded with",
      observed([1, 2], 3),
      {
        "n|offer|email": count,
        "y|offer|email|0": sumOf(3),
        "y|offer|email|1": sumOf(6),
        "x|offer|email|0|0": sumOf(1),
        "x|offer|email|1|0": sumOf(2),
        "x|offer|email|1|1": sumOf(4),
      },
    ],
    ["nothing for places of x beyond the dimensions", observed([0, 0, 9], 3), { "n|offer|email": count }],
    [
      "nothing for a place that is 0",
      observed([0, 2], 3),
      { "n|offer|email": count, "y|offer|email|1": sumOf(6), "x|offer|email|1|1": sumOf(4) },
    ],
    [
      "nothing for a place that x does not reach",
      observed([1], 3),
      { "n|offer|email": count, "y|offer|email|0": sumOf(3), "x|offer|email|0|0": sumOf(1) },
    ],
    [
      "no reward where there was none",
      observed([1, 0], 0),
      { "n|offer|email": { weight: 1, sum: 0, squares: 0 }, "x|offer|email|0|0": sumOf(1) },
    ],
    [
      "no products where only an outcome is added",
      observed([1, 2], 3, 0),
      {
        "n|offer|email": { weight: 0, sum: 3, squares: 9 },
        "y|offer|email|0": sumOf(3),
        "y|offer|email|1": sumOf(6),
      },
    ],
  ])("are %s", (_what, delta, sums) => {
    expect(delta).toEqual(sums);
  });
});

/** Of the matrix [[4, 2, 8], [2, 10, 19], [8, 19, 77]], which is that of [[2, 0, 0], [1, 3, 0], [4, 5, 6]]. */
const CELLS: Cells = new Map([
  ["x|offer|email|0|0", sumOf(3)],
  ["x|offer|email|1|0", sumOf(2)],
  ["x|offer|email|1|1", sumOf(9)],
  ["x|offer|email|2|0", sumOf(8)],
  ["x|offer|email|2|1", sumOf(19)],
  ["x|offer|email|2|2", sumOf(76)],
  ["y|offer|email|0", sumOf(32)],
  ["y|offer|email|1", sumOf(79)],
  ["y|offer|email|2", sumOf(277)],
  ["n|offer|email", { weight: 2, sum: 5, squares: 1_100 }],
]);
const FACTOR = [
  [2, 0, 0],
  [1, 3, 0],
  [4, 5, 6],
];

describe("a solved line", () => {
  it("has the mean of theta, the factor of its precision, what it misses and how much was seen", () => {
    const solved = solveLinear(settings(3), CELLS, ARM, NOW);
    expect(solved).toEqual({ theta: [1, 2, 3], factor: FACTOR, errors: 79, evidence: 2 });
  });

  it("misses nothing where rounding says less than nothing", () => {
    const cells = new Map(CELLS).set("n|offer|email", { weight: 2, sum: 5, squares: 1_020 });
    expect(solveLinear(settings(3), cells, ARM, NOW).errors).toBe(0);
  });

  it("knows only the ridge before anything was seen, and stays solvable without one", () => {
    const nothing = { theta: [0, 0], errors: 0, evidence: 0 };
    const solved = (ridge: number) => solveLinear(settings(2, ridge), new Map(), ARM, NOW);
    expect(solved(0.25)).toEqual({
      ...nothing,
      factor: [
        [0.5, 0],
        [0, 0.5],
      ],
    });
    expect(solved(0)).toEqual({
      ...nothing,
      factor: [
        [1e-6, 0],
        [0, 1e-6],
      ],
    });
  });

  it("weighs what was seen a half-life ago half", () => {
    const [then, halved] = [NOW - 10 * 86_400_000, settings(1, 1, 10)];
    const seen = observeLinear(halved, [1], { arm: ARM, reward: 3, at: then });
    const solved = solveLinear(halved, addDelta(new Map(), seen), ARM, NOW);
    expect(solved.evidence).toBeCloseTo(0.5, 10);
    expect(solved.theta[0]).toBeCloseTo(1.5 / 1.5, 10);
    expect(solved.errors).toBeCloseTo(4.5 - 1.5, 10);
  });
});

describe("what a line expects", () => {
  const SOLVED = { theta: [1, 2, 3], factor: FACTOR, errors: 79, evidence: 2 };

  it.each([
    // L z = x gives z = [1, 1, 1]; the noise is (79 + 30 typical) / 32.
    ["x whole", [2, 4, 15], 0.5, 55, Math.sqrt((94 / 32) * 3)],
    ["other rewards", [2, 4, 15], 1, 55, Math.sqrt((109 / 32) * 3)],
    // z = [1, -1/3, -7/18]: what x does not say is 0.
    ["x cut short", [2], 0.5, 2, Math.sqrt((94 / 32) * (1 + 1 / 9 + 49 / 324))],
  ])("and how unsure it is, for %s", (_what, x, typical, mean, deviation) => {
    const estimate = estimateLinear(SOLVED, x, typical);
    expect(estimate).toEqual({ mean, deviation: expect.closeTo(deviation, 10), evidence: 2 });
  });
});

describe("the variance of rewards over all arms", () => {
  const variance = (cells: Readonly<Record<string, Cell>>) =>
    typicalVariance(settings(2), new Map(Object.entries(cells)), NOW);
  const TWO = {
    "n|a|email": { weight: 4, sum: 2, squares: 2 },
    "n|b|email": { weight: 6, sum: 3, squares: 3 },
    "y|a|email|0": { weight: 900, sum: 900, squares: 900 },
  };

  it.each([
    ["a coin's before anything is known", {}, 0.25],
    ["that of all arms' counts, a coin's counted in a hundred times", TWO, 27.5 / 110],
    [
      "that of what the counters share where it is more",
      { ...TWO, "*": { weight: 20, sum: 4, squares: 10 } },
      34.2 / 120,
    ],
    [
      "that of the arms where the counters share as much",
      { ...TWO, "*": { weight: 10, sum: 1, squares: 90 } },
      27.5 / 110,
    ],
    ["already that of a part of one", { "n|a|email": { weight: 0.5, sum: 0, squares: 0.5 } }, 25.5 / 100.5],
    ["never negative", { "n|a|email": { weight: 4, sum: 4, squares: 2 } }, 25 / 104],
  ])("is %s", (_what, cells, expected) => {
    expect(variance(cells)).toBeCloseTo(expected, 12);
  });

  it("is as of now", () => {
    const decayed = settings(2, 1, 100);
    const weight = decayWeight(NOW, 100);
    const cells = new Map([["n|a|email", { weight: 10 * weight, sum: 5 * weight, squares: 5 * weight }]]);
    expect(typicalVariance(decayed, cells, NOW)).toBeCloseTo(27.5 / 110, 12);
  });
});
