import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coverageOf, ESTIMATORS, WORLDS } from "../../../scripts/estimators/synthetic.ts";
import {
  addSample,
  addSums,
  type EvidenceSums,
  estimateFrom,
  NO_EVIDENCE_SUMS,
  type Sample,
} from "../../../shared/domain/simulation/estimate.ts";
import { guess, learnGuess, NO_GUESSES } from "../../../shared/domain/simulation/guess.ts";
import { seeded } from "../../support/random.ts";

const sumsOf = (samples: readonly Sample[]): EvidenceSums => samples.reduce(addSample, NO_EVIDENCE_SUMS);

const sample = (changes: Partial<Sample> = {}): Sample => ({
  reward: 1,
  logged: 0.5,
  target: 0.5,
  guessLogged: 0,
  guessTarget: 0,
  ...changes,
});

/** So many that chance alone (15 of 100 series of 100 runs fall below 93) decides nothing. */
const RUNS = 1_000;

describe("intervals around the value of a policy that was not in force", () => {
  for (const world of WORLDS) {
    it(`hold a known truth in at least 93 of 100 runs: ${world.name}`, () => {
      const coverage = coverageOf(world, RUNS, seeded);
      for (const name of ESTIMATORS) expect(coverage.covered[name]).toBeGreaterThanOrEqual(0.93 * RUNS);
    }, 60_000);
  }

  it("get narrower where the guess is good: doubly robust beats inverse propensity", () => {
    const [world] = WORLDS;
    if (world === undefined) throw new Error("no world");
    const { width } = coverageOf({ ...world, decisions: 1_000 }, 50, seeded);
    expect(width.doublyRobust).toBeLessThan(width.inversePropensity);
  });
});

describe("an estimate", () => {
  it("of the policy that made the log is what was logged", () => {
    const rewards = fc.array(
      fc.tuple(fc.double({ min: 0, max: 9, noNaN: true }), fc.double({ min: 0.05, max: 1, noNaN: true })),
      {
        minLength: 2,
      },
    );
    fc.assert(
      fc.property(rewards, (pairs) => {
        const mean = pairs.reduce((sum, [reward]) => sum + reward, 0) / pairs.length;
        const estimate = estimateFrom(
          sumsOf(pairs.map(([reward, logged]) => sample({ reward, logged, target: logged }))),
        );
        expect(estimate?.inversePropensity.value).toBeCloseTo(mean, 9);
        expect(estimate?.selfNormalised.value).toBeCloseTo(mean, 9);
        expect(estimate?.doublyRobust.value).toBeCloseTo(mean, 9);
        expect(estimate?.effectiveSamples).toBeCloseTo(pairs.length, 6);
        expect(estimate?.overlap).toBeCloseTo(1, 9);
      }),
    );
  });

  it("is the same however the log was cut into parts", () => {
    const samples = Array.from({ length: 50 }, (_, index) =>
      sample({ reward: index % 7, logged: 0.2 + (index % 4) / 5, target: (index % 3) / 2 }),
    );
    const whole = estimateFrom(sumsOf(samples));
    const parts = estimateFrom(addSums(sumsOf(samples.slice(0, 17)), sumsOf(samples.slice(17))));
    expect(parts?.samples).toBe(50);
    expect(parts?.doublyRobust.value).toBeCloseTo(whole?.doublyRobust.value ?? Number.NaN, 9);
    expect(parts?.selfNormalised.high).toBeCloseTo(whole?.selfNormalised.high ?? Number.NaN, 9);
  });

  it("of nothing is none", () => {
    expect(estimateFrom(NO_EVIDENCE_SUMS)).toBeNull();
  });

  it("says when there are too few samples to carry it", () => {
    const estimate = estimateFrom(sumsOf(Array.from({ length: 20 }, () => sample())));
    expect(estimate?.warnings).toEqual(["few-samples", "few-effective"]);
  });

  it("says when one sample outweighs the others", () => {
    const many = Array.from({ length: 400 }, () => sample());
    const estimate = estimateFrom(sumsOf([...many, sample({ logged: 0.001, target: 1 })]));
    expect(estimate?.warnings).toContain("one-dominates");
    expect(estimate?.warnings).toContain("few-effective");
  });

  it("says when the policy chooses what the log never tried", () => {
    const seen = Array.from({ length: 500 }, (_, index) => sample({ target: index % 2 === 0 ? 0.5 : 0 }));
    expect(estimateFrom(sumsOf(seen))?.warnings).toEqual(["no-overlap"]);
    expect(estimateFrom(sumsOf(seen))?.overlap).toBeCloseTo(0.5, 9);
  });

  it("says nothing when the evidence carries it", () => {
    const fine = Array.from({ length: 1_000 }, (_, index) => sample({ target: index % 2 === 0 ? 1 : 0 }));
    expect(estimateFrom(sumsOf(fine))?.warnings).toEqual([]);
  });
});

describe("a guess", () => {
  it("is drawn towards the mean of all where a choice was seldom made", () => {
    let guesses = NO_GUESSES;
    expect(guess(guesses, "a")).toBe(0);
    for (let turn = 0; turn < 100; turn += 1) guesses = learnGuess(guesses, "a", 1);
    guesses = learnGuess(guesses, "b", 0);
    expect(guess(guesses, "a")).toBeGreaterThan(0.99);
    expect(guess(guesses, "b")).toBeGreaterThan(0.9);
    expect(guess(guesses, "never")).toBeCloseTo(100 / 101, 9);
  });
});
