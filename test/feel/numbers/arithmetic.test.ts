import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, formatValue } from "#feel/index.ts";
import { addNumbers, multiplyNumbers, subtractNumbers } from "#feel/numbers/arithmetic.ts";
import { roundTo } from "#feel/numbers/rounding.ts";

/** Amounts of money as cents. */
const cents = fc.integer({ min: -100_000_000, max: 100_000_000 });

describe("numbers", () => {
  const decimal = (scaled: bigint, places: number): number => Number(`${scaled}e-${places}`);

  it("should add, subtract and multiply amounts of money without a trace of binary fractions", () => {
    fc.assert(
      fc.property(cents, cents, (left, right) => {
        const [a, b] = [left / 100, right / 100];
        expect(addNumbers(a, b)).toBe(decimal(BigInt(left) + BigInt(right), 2));
        expect(subtractNumbers(a, b)).toBe(decimal(BigInt(left) - BigInt(right), 2));
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (left, right) => {
          expect(multiplyNumbers(left / 100, right / 100)).toBe(decimal(BigInt(left) * BigInt(right), 4));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("should sum a thousand amounts exactly", () => {
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1, maxLength: 1000 }), (amounts) => {
        const total = amounts.reduce((sum, amount) => sum + amount, 0);
        const value = compile("sum(amounts)", { amounts: { kind: "any" } }).evaluate({
          amounts: amounts.map((amount) => amount / 100),
        });
        expect(value).toBe(total / 100 + 0);
      }),
      { numRuns: 50 },
    );
  });

  it("should never be further from the truth than plain doubles by more than their own error", () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(doubles, doubles, (a, b) => {
        const error = Math.abs(addNumbers(a, b) - (a + b));
        expect(error).toBeLessThanOrEqual(2 ** -50 * Math.max(Math.abs(a), Math.abs(b)));
      }),
    );
  });

  it("should round the decimal that is written", () => {
    fc.assert(
      fc.property(cents, (amount) => {
        const tenths = amount < 0 ? -Math.round(-amount / 10) : Math.round(amount / 10);
        expect(roundTo(amount / 100, 1, "half up")).toBe(tenths / 10 + 0);
        expect(roundTo(amount / 100, 2, "floor")).toBe(amount / 100 + 0);
      }),
    );
  });

  it("should be written so that they are read as the same", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(formatValue(value))).toBe(value + 0);
      }),
    );
  });
});
