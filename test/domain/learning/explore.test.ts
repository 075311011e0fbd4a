import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draw, gammaFor, inverseGapWeights, thompsonProbabilities } from "#domain/learning/explore.ts";
import { seeded } from "#lab/seeded.ts";

const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 });

describe("inverse-gap weighting", () => {
  it("gives probabilities that sum to 1, the best the most, nobody less than the floor", () => {
    fc.assert(
      fc.property(
        scores,
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, gamma, floor) => {
          const weights = inverseGapWeights(list, { gamma, floor });
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
          const best = weights[list.indexOf(Math.max(...list))] ?? 0;
          for (const weight of weights) {
            expect(weight).toBeLessThanOrEqual(best + 1e-12);
            expect(weight).toBeGreaterThanOrEqual(floor / list.length - 1e-12);
          }
        },
      ),
    );
  });

  it("chooses evenly without evidence and the best with much of it", () => {
    expect(inverseGapWeights([0.1, 0.2], { gamma: 0, floor: 0 })).toEqual([0.5, 0.5]);
    expect(inverseGapWeights([0.1, 0.2], { gamma: 1e9, floor: 0 })[1]).toBeCloseTo(1, 6);
  });
});

describe("a draw", () => {
  it("follows its probabilities", () => {
    const random = seeded(3);
    const hits = [0, 0, 0];
    for (let n = 0; n < 30_000; n += 1) {
      const index = draw([0.5, 0.3, 0.2], random());
      hits[index] = (hits[index] ?? 0) + 1;
    }
    expect(hits.map((hit) => Math.round(hit / 3_000))).toEqual([5, 3, 2]);
  });
});

/** A rate drawn from Beta(positives, negatives), both whole numbers: by gamma draws, sums of exponential ones. */
const drawnRate = (random: () => number, positives: number, negatives: number): number => {
  const gamma = (shape: number): number => {
    let sum = 0;
    for (let part = 0; part < shape; part += 1) sum -= Math.log(1 - random());
    return sum;
  };
  const good = gamma(positives);
  return good / (good + gamma(negatives));
};

describe("Thompson sampling's probabilities", () => {
  it("are even for equal evidence and lean to the better", () => {
    const same = { positives: 20, negatives: 80 };
    expect(thompsonProbabilities([same, same])[0]).toBeCloseTo(0.5, 6);
    const [better = 0] = thompsonProbabilities([{ positives: 30, negatives: 70 }, same]);
    expect(better).toBeGreaterThan(0.9);
  });

  it("agree with the closed form for two candidates: Beta(1,1) against Beta(2,1) wins one time in three", () => {
    const [first = 0] = thompsonProbabilities([
      { positives: 1, negatives: 1 },
      { positives: 2, negatives: 1 },
    ]);
    expect(first).toBeCloseTo(1 / 3, 4);
  });

  // Whether worth x Beta(1, b) is above a uniform number: its survival function, integrated.
  it.each([
    [1, 1],
    [2, 3],
    [100, 199],
    [1_000, 999],
    [1_000, 20_000],
    [1e6, 999_999],
  ])("keep four digits where a rare success is worth %d times a usual one", (worth, negatives) => {
    const expected = (worth / (negatives + 1)) * (1 - (1 - 1 / worth) ** (negatives + 1));
    const [rare = 0, usual = 0] = thompsonProbabilities([
      { positives: 1, negatives, worth },
      { positives: 1, negatives: 1 },
    ]);
    expect(Math.abs(rare - expected)).toBeLessThan(5e-5);
    expect(Math.abs(usual - (1 - expected))).toBeLessThan(5e-5);
  });

  it("are the shares of draws that each wins, among five of very different worth", () => {
    const candidates = [
      { positives: 50, negatives: 50, worth: 1 },
      { positives: 5, negatives: 195, worth: 20 },
      { positives: 1, negatives: 99, worth: 40 },
      { positives: 80, negatives: 20, worth: 0.6 },
      { positives: 2, negatives: 2, worth: 0.9 },
    ];
    const random = seeded(5);
    const wins = candidates.map(() => 0);
    const times = 20_000;
    for (let n = 0; n < times; n += 1) {
      const drawn = candidates.map((one) => one.worth * drawnRate(random, one.positives, one.negatives));
      const best = drawn.indexOf(Math.max(...drawn));
      wins[best] = (wins[best] ?? 0) + 1;
    }
    for (const [index, probability] of thompsonProbabilities(candidates).entries()) {
      const error = Math.sqrt((probability * (1 - probability)) / times);
      expect(Math.abs((wins[index] ?? 0) / times - probability)).toBeLessThan(4 * error);
    }
  });

  it("never choose what is worth nothing, unless nothing else is there", () => {
    const worthless = { positives: 9, negatives: 1, worth: 0 };
    expect(thompsonProbabilities([worthless, { positives: 1, negatives: 9_999 }])).toEqual([0, 1]);
    expect(thompsonProbabilities([worthless, worthless])).toEqual([0.5, 0.5]);
  });
});

describe("worked examples", () => {
  it("give each the inverse of its gap, the best the rest, and all their floor", () => {
    const weights = inverseGapWeights([0.1, 0.5, 0.3], { gamma: 10, floor: 0.12 });
    expect(weights[0]).toBeCloseTo(0.1657142857142857, 12);
    expect(weights[1]).toBeCloseTo(0.6182857142857143, 12);
    expect(weights[2]).toBeCloseTo(0.216, 12);
    expect(inverseGapWeights([0.5, 0.5], { gamma: 10, floor: 0 })).toEqual([0.5, 0.5]);
    expect(inverseGapWeights([], { gamma: 1, floor: 0 })).toEqual([]);
    expect(gammaFor(3, 16, 4)).toBe(24);
  });

  it("draw the first whose share is not used up, and the last where rounding leaves a rest", () => {
    expect([0, 0.24, 0.25, 0.99].map((uniform) => draw([0.25, 0.75], uniform))).toEqual([0, 0, 1, 1]);
    expect(draw([0.3, 0.3], 0.99)).toBe(1);
    expect(draw([0, 1], 0)).toBe(1);
  });

  it.each([
    [{ positives: 1, negatives: 1 }, { positives: 1, negatives: 1 }, 1 / 2],
    [{ positives: 2, negatives: 1 }, { positives: 1, negatives: 1 }, 2 / 3],
    [{ positives: 1, negatives: 3 }, { positives: 1, negatives: 1 }, 1 / 4],
    [{ positives: 1, negatives: 1, worth: 2 }, { positives: 1, negatives: 1 }, 3 / 4],
    [{ positives: 1, negatives: 1, worth: 0 }, { positives: 1, negatives: 1 }, 0],
  ])("say how likely a rate is the higher of two: %j", (one, other, chance) => {
    const [first = 0, second = 0] = thompsonProbabilities([one, other]);
    expect(first).toBeCloseTo(chance, 3);
    expect(first + second).toBeCloseTo(1, 12);
  });

  it("say so of the highest of three, and of rates known well", () => {
    const even = { positives: 1, negatives: 1 };
    for (const chance of thompsonProbabilities([even, even, even])) expect(chance).toBeCloseTo(1 / 3, 3);
    const [high = 0] = thompsonProbabilities([
      { positives: 60_000, negatives: 40_000 },
      { positives: 59_800, negatives: 40_200 },
    ]);
    // A difference of 0.002 with a standard error of 0.00219.
    expect(high).toBeCloseTo(0.8194, 2);
  });
});
