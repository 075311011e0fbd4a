import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compile,
  conformsTo,
  equal,
  FeelDate,
  type FeelValue,
  formatTemporal,
  formatValue,
  fromJson,
  NUMBER,
  parseDate,
  parseDuration,
  STRING,
  toJson,
  typeOf,
} from "#feel/index.ts";
import { addNumbers, multiplyNumbers, subtractNumbers } from "#feel/operations/numbers.ts";
import { roundTo } from "#feel/operations/rounding.ts";
import { regex } from "#feel/regex/index.ts";
import { civilDateOf, epochDayOf, weekdayOf } from "#feel/temporal/calendar.ts";
import { parseDateTime } from "#feel/temporal/parse.ts";
import { evaluated } from "./support/evaluate.ts";

const epochDays = fc.integer({ min: -700_000, max: 2_900_000 });
/** Amounts of money as cents. */
const cents = fc.integer({ min: -100_000_000, max: 100_000_000 });

describe("the calendar", () => {
  it("should be the one of JavaScript's dates", () => {
    fc.assert(
      fc.property(epochDays, (day) => {
        const date = new Date(day * 86_400_000);
        const expected = {
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        };
        expect(civilDateOf(day)).toEqual(expected);
        expect(epochDayOf(expected.year, expected.month, expected.day)).toBe(day);
        expect(weekdayOf(day) % 7).toBe(date.getUTCDay());
      }),
    );
  });

  it("should write dates that it reads", () => {
    fc.assert(
      fc.property(fc.integer({ min: -365_000_000_000, max: 365_000_000_000 }), (day) => {
        expect(parseDate(formatTemporal(new FeelDate(day)))).toEqual(new FeelDate(day));
      }),
    );
  });

  it("should write durations that it reads", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 999_999_999 }), (seconds, nano) => {
        const text = evaluated(`@"PT1S" * ${seconds} + @"PT0.${String(nano).padStart(9, "0")}S"`);
        const read = parseDuration(text);
        expect(read && formatTemporal(read)).toBe(text);
      }),
    );
  });

  it("should keep a zone's offset as the platform knows it", () => {
    const zones = ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 2_000_000_000 }),
        (timeZone, seconds) => {
          const local = new Intl.DateTimeFormat("sv-SE", {
            timeZone,
            dateStyle: "short",
            timeStyle: "medium",
          }).format(seconds * 1000);
          const moment = parseDateTime(`${local.replace(" ", "T")}@${timeZone}`);
          const instant = Date.parse(`${local.replace(" ", "T")}Z`) / 1000 - (moment?.offset ?? Number.NaN);
          // Where clocks go back, one local time is two moments.
          expect([0, 1800, 3600]).toContain(Math.abs(instant - seconds));
        },
      ),
    );
  });
});

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

describe("regular expressions", () => {
  const patterns = fc
    .array(fc.constantFrom("a", "b", "ab", "[ab]", "[^a]", "(a|b)", "(?:ab)", "."), {
      minLength: 1,
      maxLength: 4,
    })
    .chain((parts) =>
      fc
        .array(fc.constantFrom("", "*", "+", "?", "{1,2}", "*?", "+?"), {
          minLength: parts.length,
          maxLength: parts.length,
        })
        .map((quantifiers) => parts.map((part, index) => part + (quantifiers[index] ?? "")).join("")),
    );

  it("should match what JavaScript matches where both have the syntax", () => {
    fc.assert(
      fc.property(
        patterns,
        fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 }),
        (pattern, text) => {
          const expected = [...text.matchAll(new RegExp(pattern, "gu"))].map((match) => match[0]);
          const found = regex(pattern, "")
            .findAll(text, () => undefined)
            .map(([start = 0, end = 0]) => text.slice(start, end));
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe("values", () => {
  const values: fc.Arbitrary<FeelValue> = fc.letrec<{ value: FeelValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
    ),
  })).value;

  it("should equal themselves after a way through JSON", () => {
    fc.assert(
      fc.property(values, (value) => {
        const back = fromJson(JSON.parse(JSON.stringify(toJson(value))));
        expect(equal(fromJson(value), back)).toBe(true);
      }),
    );
  });

  it("should be read back from what string() writes", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer(), fc.string({ unit: "grapheme" }), fc.boolean())), (list) => {
        expect(equal(compile(formatValue(list) ?? "", {}).evaluate({}), list)).toBe(true);
      }),
    );
  });

  it("should have a type that conforms to itself", () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(conformsTo(typeOf(value), typeOf(value))).toBe(true);
      }),
    );
  });

  it("should fit the static type of what is compiled", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.string(), (x, t) => {
        const expression = compile('{n: x + 1, s: [t + "!"], b: x > 1}', { x: NUMBER, t: STRING });
        expect(conformsTo(typeOf(expression.evaluate({ x, t })), expression.type)).toBe(true);
      }),
    );
  });
});
