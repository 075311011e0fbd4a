import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { betaCdf } from "#domain/statistics/beta.ts";
import { chiSquaredTail, logGamma } from "#domain/statistics/gamma.ts";
import { normalCdf, normalQuantile } from "#domain/statistics/normal.ts";
import { studentQuantile } from "#domain/statistics/student.ts";

describe("the distributions", () => {
  it("give the factorial by the gamma function", () => {
    expect(Math.exp(logGamma(6))).toBeCloseTo(120, 9);
    expect(Math.exp(logGamma(0.5)) ** 2).toBeCloseTo(Math.PI, 12);
  });

  it.each([
    [3.841458820694124, 1, 0.05],
    [5.991464547107979, 2, 0.05],
    [18.307038053275146, 10, 0.05],
    [0.5, 1, 0.4795001221869535],
  ])("know the chi-squared table: %d with %d degrees", (x, degrees, tail) => {
    expect(chiSquaredTail(x, degrees)).toBeCloseTo(tail, 10);
  });

  it("know the normal table", () => {
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 12);
    expect(normalQuantile(0.025)).toBeCloseTo(-1.959963984540054, 10);
  });

  it.each([
    [3, 3.182],
    [4, 2.776],
    [10, 2.228],
    [30, 2.042],
    [120, 1.98],
  ])("know Student's table within 1 %%: %d degrees", (freedom, quantile) => {
    expect(studentQuantile(normalQuantile(0.975), freedom) / quantile).toBeGreaterThan(0.99);
    expect(studentQuantile(normalQuantile(0.975), freedom) / quantile).toBeLessThan(1.001);
  });

  it("agree with the closed form of Beta(a, 1): x^a", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        (x, a) => {
          expect(betaCdf(x, a, 1)).toBeCloseTo(x ** a, 10);
        },
      ),
    );
  });

  it("agree with the sums of coin throws where both parameters of Beta are whole", () => {
    const whole = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), whole, whole, (x, a, b) => {
        const throws = a + b - 1;
        let ways = 1;
        let sum = 0;
        for (let heads = 0; heads <= throws; heads += 1) {
          if (heads >= a) sum += ways * x ** heads * (1 - x) ** (throws - heads);
          ways *= (throws - heads) / (heads + 1);
        }
        expect(betaCdf(x, a, b)).toBeCloseTo(sum, 10);
      }),
    );
  });

  it("stay between 0 and 1 outside of Beta's range", () => {
    expect([-0.5, 0, 1, 1.5].map((x) => betaCdf(x, 2, 3))).toEqual([0, 0, 1, 1]);
  });

  it("agree with the closed form of chi-squared where the degrees are even", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 200, noNaN: true }),
        fc.integer({ min: 1, max: 30 }),
        (x, half) => {
          let term = 1;
          let sum = 0;
          for (let k = 0; k < half; k += 1) {
            sum += term;
            term *= x / 2 / (k + 1);
          }
          expect(chiSquaredTail(x, 2 * half)).toBeCloseTo(Math.exp(-x / 2) * sum, 10);
        },
      ),
    );
    expect(chiSquaredTail(-1, 4)).toBe(1);
  });

  it("give half at the middle of the normal one, and find the value of any share again", () => {
    expect(normalCdf(0)).toBeCloseTo(0.5, 12);
    for (const share of [1e-9, 0.1, 0.5, 0.8, 1 - 1e-9]) {
      expect(normalCdf(normalQuantile(share))).toBeCloseTo(share, 12);
    }
  });

  it.each([
    [1, 3, 1 + 1 / 2 / 3 + 1 / 4 / 9 + 1 / 16 / 27],
    [2, 4, 2 + 2.5 / 4 + 3.0625 / 16 + 2.859375 / 64],
    [2, 1, 2 + 2.5 / 3 + 3.0625 / 9 + 2.859375 / 27],
  ])("add up Student's series as it was worked by hand: %d with %d degrees", (z, freedom, quantile) => {
    expect(studentQuantile(z, freedom)).toBeCloseTo(quantile, 12);
  });
});
