import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateFrom } from "#domain/simulation/estimate.ts";
import {
  addSample,
  addSums,
  type EvidenceSums,
  NO_EVIDENCE_SUMS,
  type Sample,
} from "#domain/simulation/evidence.ts";
import { guess, learnGuess, NO_GUESSES } from "#domain/simulation/guess.ts";
import { coverageOf, ESTIMATORS, hasEnoughEvidence, SERIES } from "#lab/estimators/coverage.ts";
import { worldNamed } from "#lab/estimators/worlds.ts";
import { seeded } from "#lab/seeded.ts";

const sumsOf = (samples: readonly Sample[]): EvidenceSums => samples.reduce(addSample, NO_EVIDENCE_SUMS);

const sample = (changes: Partial<Sample> = {}): Sample => ({
  customer: "c1",
  reward: 1,
  logged: 0.5,
  target: 0.5,
  guessLogged: 0,
  guessTarget: 0,
  ...changes,
});

/** Too thin for any interval: the world that shows the warning. */
const THIN = "4 purchases";
/** What each change is held to at once; all worlds: coverage.slow.ts. */
const QUICK = ["clicks, best action", "amounts, best action", "clicks, 300 decisions"];

describe("intervals around the value of a policy that was not in force", () => {
  it.each(QUICK)("hold a known truth with seeds 1 to 100 at least 93 times: %s", (name) => {
    const coverage = coverageOf(worldNamed(name), SERIES, seeded);
    expect(hasEnoughEvidence(coverage)).toBe(true);
    for (const estimator of ESTIMATORS) expect(coverage[estimator].covered).toBeGreaterThanOrEqual(93);
  });

  it("come with a warning where nearly nothing was sold", () => {
    expect(hasEnoughEvidence(coverageOf(worldNamed(THIN), SERIES, seeded))).toBe(false);
  });

  it("get narrower where the guess is good: doubly robust beats inverse propensity", () => {
    const coverage = coverageOf({ ...worldNamed("clicks, best action"), decisions: 1_000 }, 50, seeded);
    expect(coverage.doublyRobust.width).toBeLessThan(coverage.inversePropensity.width);
  });

  it("are as likely to miss below as above, however rare a success is", () => {
    const rare = estimateFrom(
      sumsOf(
        Array.from({ length: 2_000 }, (_, index) =>
          sample({ customer: `c${index}`, reward: index < 10 ? 1 : 0 }),
        ),
      ),
    )?.logged ?? { value: 0, low: 0, high: 0 };
    // The exact interval of 10 in 2,000 at 96.5 % (Clopper and Pearson 1934): 0.0023 to 0.0094.
    expect(rare.low).toBeGreaterThan(0.002);
    expect(rare.low).toBeLessThan(0.003);
    expect(rare.high).toBeGreaterThan(0.0085);
    expect(rare.high).toBeLessThan(0.011);
  });

  it("are wider where decisions on one customer end alike", () => {
    const each = (customerOf: (index: number) => number) =>
      estimateFrom(
        sumsOf(
          Array.from({ length: 4_000 }, (_, index) =>
            sample({ customer: `c${customerOf(index)}`, reward: Math.floor(index / 20) % 2 }),
          ),
        ),
      )?.selfNormalised ?? { low: 0, high: 0 };
    const apart = each((index) => index);
    const together = each((index) => Math.floor(index / 20));
    // 20 decisions that end alike are worth one: the square root of 20 is 4.5.
    expect((together.high - together.low) / (apart.high - apart.low)).toBeGreaterThan(3.5);
    expect((together.high - together.low) / (apart.high - apart.low)).toBeLessThan(5.5);
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
        expect(estimate?.selfNormalised.low).toBeLessThanOrEqual(estimate?.selfNormalised.value ?? 0);
        expect(estimate?.selfNormalised.high).toBeGreaterThanOrEqual(estimate?.selfNormalised.value ?? 0);
      }),
    );
  });

  it("is the same however the log was cut into parts", () => {
    const samples = Array.from({ length: 50 }, (_, index) =>
      sample({
        customer: `c${index % 9}`,
        reward: index % 7,
        logged: 0.2 + (index % 4) / 5,
        target: (index % 3) / 2,
      }),
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
    const estimate = estimateFrom(
      sumsOf(Array.from({ length: 20 }, (_, index) => sample({ reward: index % 2 }))),
    );
    expect(estimate?.warnings).toEqual(["few-samples", "few-effective"]);
  });

  it("says when one sample outweighs the others", () => {
    const many = Array.from({ length: 400 }, (_, index) => sample({ reward: index % 2 }));
    const estimate = estimateFrom(sumsOf([...many, sample({ logged: 0.001, target: 1 })]));
    expect(estimate?.warnings).toContain("one-dominates");
    expect(estimate?.warnings).toContain("few-effective");
  });

  it("says when the policy chooses what the log never tried", () => {
    const seen = Array.from({ length: 500 }, (_, index) =>
      sample({ reward: index % 3, target: index % 2 === 0 ? 0.5 : 0 }),
    );
    expect(estimateFrom(sumsOf(seen))?.warnings).toEqual(["no-overlap"]);
    expect(estimateFrom(sumsOf(seen))?.overlap).toBeCloseTo(0.5, 9);
  });

  it("says when every outcome is the same, or next to none differs", () => {
    const alike = Array.from({ length: 1_000 }, () => sample());
    expect(estimateFrom(sumsOf(alike))?.warnings).toEqual(["few-outcomes"]);
    expect(estimateFrom(sumsOf([...alike, sample({ reward: 0 })]))?.warnings).toEqual(["few-outcomes"]);
  });

  it("says nothing when the evidence hasEnoughEvidence it", () => {
    const fine = Array.from({ length: 1_000 }, (_, index) =>
      sample({ reward: index % 3, target: index % 2 === 0 ? 1 : 0 }),
    );
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

describe("what an estimate warns of", () => {
  const whole = sumsOf(Array.from({ length: 100 }, (_, n) => sample({ customer: `c${n}`, reward: n % 2 })));
  const warnings = (more: Partial<EvidenceSums>) => estimateFrom({ ...whole, ...more })?.warnings ?? [];

  it("is nothing where a hundred alike weigh alike", () => {
    expect(warnings({})).toEqual([]);
  });

  it.each([
    ["few-samples", { n: 99, w: 99, ww: 99 }, { n: 100 }],
    // (sum of weights)^2 / sum of squares is 10,000 / 200.
    ["few-effective", { ww: 201 }, { ww: 200 }],
    ["one-dominates", { largest: 10.1 }, { largest: 10 }],
    ["one-dominates", { w: 0.5, largest: 0.5 }, { w: 0, largest: 0.5 }],
    ["no-overlap", { w: 97, ww: 97 ** 2 / 100 }, { w: 99, ww: 99 ** 2 / 100 }],
    ["no-overlap", { w: 103, ww: 103 ** 2 / 100 }, { w: 101, ww: 101 ** 2 / 100 }],
    // By chance the mean weight may differ so far: four errors are 0.04, or 0.02 with less spread.
    ["no-overlap", { w: 103, ww: 103 ** 2 / 100 + 0.25 }, { w: 103, ww: 103 ** 2 / 100 + 1 }],
  ] as const)("is %s past its bound, and not up to it", (warning, past, upTo) => {
    expect(warnings(past)).toContain(warning);
    expect(warnings(upTo)).not.toContain(warning);
  });

  it("is nothing of no samples", () => {
    expect(estimateFrom(NO_EVIDENCE_SUMS)).toBeNull();
  });
});
