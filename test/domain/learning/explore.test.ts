import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seeded } from "../../../scripts/seeded.ts";
import { draw, inverseGapWeights, thompsonProbabilities } from "../../../shared/domain/learning/explore.ts";

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

describe("Thompson sampling's probabilities", () => {
  it("are even for equal evidence and lean to the better", () => {
    const same = { positives: 20, negatives: 80 };
    expect(thompsonProbabilities([same, same])[0]).toBeCloseTo(0.5, 6);
    const [better = 0] = thompsonProbabilities([{ positives: 30, negatives: 70 }, same]);
    expect(better).toBeGreaterThan(0.9);
  });

  it("agree with the closed form for two candidates: Beta(1,1) against Beta(2,1) wins one time in three", () => {
    const [first = 0] = thompsonProbabilities([
      { positives: 0, negatives: 0 },
      { positives: 1, negatives: 0 },
    ]);
    expect(first).toBeCloseTo(1 / 3, 5);
  });

  it("weigh what a success is worth: half the rate at twice the worth is as good, with evidence enough", () => {
    const [often = 0, rarely = 0] = thompsonProbabilities([
      { positives: 400, negatives: 600 },
      { positives: 200, negatives: 800, worth: 2 },
    ]);
    expect(often + rarely).toBeCloseTo(1, 6);
    expect(Math.abs(often - rarely)).toBeLessThan(0.1);
    const [, dear = 0] = thompsonProbabilities([
      { positives: 20, negatives: 80 },
      { positives: 20, negatives: 80, worth: 3 },
    ]);
    expect(dear).toBeGreaterThan(0.99);
  });
});
