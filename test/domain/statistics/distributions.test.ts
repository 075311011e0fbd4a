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
});
