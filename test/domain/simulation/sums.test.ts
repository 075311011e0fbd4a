import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addSample,
  addSums,
  type EvidenceSums,
  NO_EVIDENCE_SUMS,
  type Sample,
} from "#domain/simulation/evidence.ts";
import { intervalOf, meanSpread, ratioSpread } from "#domain/simulation/interval.ts";

const sumsOf = (samples: readonly Sample[]): EvidenceSums => samples.reduce(addSample, NO_EVIDENCE_SUMS);
const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const termsOf = ({ reward, logged, target, guessLogged, guessTarget }: Sample) => {
  const w = target / logged;
  return { w, x: w * reward, d: guessTarget + w * (reward - guessLogged), r: reward };
};
type Terms = ReturnType<typeof termsOf>;

const sample = fc.record({
  customer: fc.integer({ min: 0, max: 200 }).map((index) => `cus_${index}`),
  reward: fc.integer({ min: 0, max: 5 }),
  logged: fc.constantFrom(0.25, 0.5, 1),
  target: fc.constantFrom(0, 0.25, 0.5, 1),
  guessLogged: fc.constantFrom(0, 0.5, 1),
  guessTarget: fc.constantFrom(0, 0.25, 1),
});
const log = fc.array(sample, { minLength: 20, maxLength: 60 });
const SINGLE = /^(?:w{1,4}|x{1,4}|d{1,4}|r{1,4}|w+x+)$/;

describe("the sums that a value is estimated from", () => {
  it("are those of all powers and products of the terms, and of two parts add up", () => {
    fc.assert(
      fc.property(log, fc.nat({ max: 20 }), (samples, cut) => {
        const { groups, largest, n, ...powers } = sumsOf(samples);
        const terms = samples.map(termsOf);
        expect([n, largest]).toEqual([samples.length, Math.max(...terms.map(({ w }) => w))]);
        for (const [name, sum] of Object.entries(powers)) {
          expect(name).toMatch(SINGLE);
          const product = (term: Terms): number =>
            [..."wxdr"].reduce(
              (so, letter) =>
                so * term[letter as keyof Terms] ** [...name].filter((one) => one === letter).length,
              1,
            );
          expect(sum).toBeCloseTo(total(terms.map(product)), 6);
        }
        for (const name of ["n", "w", "x", "d", "r"] as const)
          expect(total(groups.map((group) => group[name]))).toBeCloseTo(name === "n" ? n : powers[name], 9);
        const parts = addSums(sumsOf(samples.slice(0, cut)), sumsOf(samples.slice(cut)));
        expect(
          JSON.stringify(parts, (_, value) => (typeof value === "number" ? Number(value.toFixed(6)) : value)),
        ).toBe(
          JSON.stringify(sumsOf(samples), (_, value) =>
            typeof value === "number" ? Number(value.toFixed(6)) : value,
          ),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("put a customer into one of 64 groups, always the same, and customers evenly", () => {
    const groupOf = (customer: string): number =>
      sumsOf([
        { customer, reward: 1, logged: 1, target: 1, guessLogged: 0, guessTarget: 0 },
      ]).groups.findIndex(({ n }) => n === 1);
    expect(NO_EVIDENCE_SUMS.groups).toHaveLength(64);
    const counts = new Array<number>(64).fill(0);
    for (let index = 0; index < 6_400; index += 1)
      counts[groupOf(`cus_${index}`)] = (counts[groupOf(`cus_${index}`)] ?? 0) + 1;
    // 100 in each by chance, with a deviation of 10.
    expect(Math.min(...counts)).toBeGreaterThan(60);
    expect(Math.max(...counts)).toBeLessThan(145);
  });
});

/** Sums of a value by the group that `sums` put each sample's customer in. */
const byGroup = (samples: readonly Sample[], of: (one: Sample) => number): readonly number[] => {
  const found = new Map<number, number>();
  for (const one of samples) {
    const group = sumsOf([one]).groups.findIndex(({ n }) => n === 1);
    found.set(group, (found.get(group) ?? 0) + of(one));
  }
  return [...found.values()];
};
const designEffect = (residuals: readonly number[], squares: number): number =>
  Math.max(
    1,
    (total(residuals.map((one) => one ** 2)) * residuals.length) /
      Math.max(1, residuals.length - 1) /
      squares,
  );

describe("how far an estimate is spread", () => {
  it("of a mean is by the moments of its terms, and by how alike customers' decisions are", () => {
    fc.assert(
      fc.property(log, (samples) => {
        const sums = sumsOf(samples);
        const values = samples.map((one) => termsOf(one).d);
        const n = values.length;
        const mean = total(values) / n;
        const moment = (power: number): number => total(values.map((value) => (value - mean) ** power)) / n;
        fc.pre(moment(2) > 1e-6);
        const spread = meanSpread(sums, "d", [sums.d, sums.dd, sums.ddd, sums.dddd]);
        const effect = designEffect(
          byGroup(samples, (one) => termsOf(one).d - mean),
          n * moment(2),
        );
        expect(spread.value).toBeCloseTo(mean, 9);
        expect(spread.error).toBeCloseTo(Math.sqrt((effect * moment(2)) / (n - 1)), 6);
        expect(spread.skewness).toBeCloseTo(moment(3) / moment(2) ** 1.5, 4);
        expect(spread.kurtosis).toBeCloseTo(moment(4) / moment(2) ** 2, 4);
        expect([spread.samples, spread.coupling]).toEqual([n, 0]);
      }),
      { numRuns: 60 },
    );
  });

  it("of a ratio is by the moments of its residuals, each as if it had been left out", () => {
    fc.assert(
      fc.property(log, (samples) => {
        const sums = sumsOf(samples);
        const terms = samples.map(termsOf);
        const n = terms.length;
        const w = total(terms.map((one) => one.w));
        fc.pre(w > 0);
        const ratio = total(terms.map((one) => one.x)) / w;
        const residuals = terms.map((one) => ({ w: one.w, u: one.x - ratio * one.w }));
        const squares = total(residuals.map(({ u }) => u ** 2));
        fc.pre(squares > 1e-6);
        const leftOut = total(
          residuals.map(({ w: weight, u }) => u ** 2 * (1 + (2 * weight) / w + 3 * (weight / w) ** 2)),
        );
        const effect = designEffect(
          byGroup(samples, (one) => termsOf(one).x - ratio * termsOf(one).w),
          squares,
        );
        const deviation = Math.sqrt(squares / n);
        const spread = ratioSpread(sums);
        expect(spread.value).toBeCloseTo(ratio, 9);
        expect(spread.error).toBeCloseTo(Math.sqrt(effect * leftOut) / w, 6);
        expect(spread.skewness).toBeCloseTo(total(residuals.map(({ u }) => u ** 3)) / n / deviation ** 3, 4);
        expect(spread.kurtosis).toBeCloseTo(total(residuals.map(({ u }) => u ** 4)) / n / deviation ** 4, 4);
        expect(spread.coupling).toBeCloseTo(
          total(residuals.map(({ w: weight, u }) => weight * u)) / (w * deviation),
          6,
        );
      }),
      { numRuns: 60 },
    );
  });

  it("is nothing where all terms are alike", () => {
    const alike = Array.from({ length: 30 }, (_, index) => ({
      customer: `c${index}`,
      reward: 3,
      logged: 0.5,
      target: 0.5,
      guessLogged: 0,
      guessTarget: 0,
    }));
    const none = {
      value: 3,
      samples: 30,
      error: 0,
      skewness: 0,
      kurtosis: Number.POSITIVE_INFINITY,
      coupling: 0,
    };
    const sums = sumsOf(alike);
    expect(ratioSpread(sums)).toEqual(none);
    expect(meanSpread(sums, "r", [sums.r, sums.rr, sums.rrr, sums.rrrr])).toEqual(none);
  });
});

describe("an interval", () => {
  const spread = { value: 5, samples: 100, error: 0.5, skewness: 0, kurtosis: 3, coupling: 0 };
  it("is Student's where terms are normal, of three fifths of the misses that are allowed", () => {
    const { value, low, high } = intervalOf(spread, 0.95, 1e9);
    expect(value).toBe(5);
    // 100 terms with kurtosis 3 have 100 degrees of freedom; the quantile of 0.985 is then 2.2011.
    expect((high - 5) / 0.5).toBeCloseTo(2.2011, 2);
    expect(5 - low).toBeCloseTo(high - 5, 9);
    expect(intervalOf(spread, 0.95, 5).high).toBeGreaterThan(high);
  });
  it("reaches further to where rare, large rewards lie, and less far to the other side", () => {
    const { low, high } = intervalOf({ ...spread, skewness: 1, kurtosis: 5 }, 0.95, 1e9);
    const plain = intervalOf({ ...spread, kurtosis: 4 }, 0.95, 1e9);
    expect(high).toBeGreaterThan(plain.high);
    expect(low).toBeGreaterThan(plain.low);
    // What a cubic comes to whose inverse is taken: solved anew, it gives the quantile back.
    const a = 1 / 3;
    const cubic = (t: number): number => 10 * (((1 + (a * t) / 10) ** 3 - 1) / (3 * a) + 1 / 600);
    const quantile = cubic((5 - low) / 0.5);
    expect(cubic((5 - high) / 0.5)).toBeCloseTo(-quantile, 9);
    expect(quantile).toBeCloseTo((plain.high - 5) / 0.5, 2);
  });
});
