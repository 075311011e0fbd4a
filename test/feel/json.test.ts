import { describe, expect, it } from "vitest";
import {
  ANY,
  BOOLEAN,
  coerce,
  contextOf,
  DATE,
  DATE_TIME,
  DAYS_DURATION,
  type FeelType,
  FUNCTION,
  fromJson,
  isOfType,
  listOf,
  MONTHS_DURATION,
  NUMBER,
  parseDate,
  rangeOf,
  STRING,
  TIME,
  toJson,
  typeName,
  unionType,
} from "#feel/index.ts";
import { evaluated } from "./support/evaluate.ts";

describe("values from JSON", () => {
  it.each<[FeelType, unknown, unknown]>([
    [DATE, "2025-03-31", "2025-03-31"],
    [DATE, "2025-02-30", null],
    [DATE, 20_250_331, null],
    [TIME, "10:00:00Z", "10:00:00Z"],
    [DATE_TIME, "2025-03-31T10:00:00+02:00", "2025-03-31T10:00:00+02:00"],
    [DATE_TIME, "2025-03-31", null],
    [DAYS_DURATION, "PT36H", "P1DT12H"],
    [DAYS_DURATION, "P1Y", null],
    [MONTHS_DURATION, "P14M", "P1Y2M"],
    [NUMBER, "1", null],
    [NUMBER, [1], 1],
    [NUMBER, Number.NaN, null],
    [listOf(NUMBER), 1, [1]],
    [listOf(DATE), ["2025-03-31", "never"], ["2025-03-31", null]],
    [contextOf({ born: DATE }), { born: "2025-03-31", extra: [1] }, { born: "2025-03-31", extra: [1] }],
    [contextOf({ born: DATE }), "2025-03-31", null],
    [ANY, { a: { b: [true, null] } }, { a: { b: [true, null] } }],
    [STRING, undefined, null],
  ])("as %j: %j becomes %j", (type, value, expected) => {
    expect(toJson(fromJson(value, type))).toEqual(expected);
  });

  it("should be of the type that was asked for", () => {
    expect(fromJson("2025-03-31", DATE)).toEqual(parseDate("2025-03-31"));
    expect(evaluated('d + @"P1D"', { d: fromJson("2025-03-31", DATE) }, { d: DATE })).toBe("2025-04-01");
  });

  it("should keep hostile names as mere names", () => {
    const value = fromJson(JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}'));
    expect(JSON.stringify(toJson(value))).toBe('{"__proto__":{"polluted":true},"constructor":1}');
    expect(Object.prototype).not.toHaveProperty("polluted");
  });

  it("should write functions as null and ranges as text", () => {
    expect(evaluated("[1..3]")).toBe("[1..3]");
    expect(toJson(fromJson({ f: () => 1 }))).toEqual({ f: null });
  });
});

describe("types", () => {
  it.each<[unknown, FeelType, boolean]>([
    [null, NUMBER, true],
    [1, NUMBER, true],
    ["1", NUMBER, false],
    [[1, 2], listOf(NUMBER), true],
    [[1, "2"], listOf(NUMBER), false],
    [{ a: 1 }, contextOf({ a: NUMBER }), true],
    [{ a: 1 }, contextOf({ b: NUMBER }), false],
    [1, rangeOf(NUMBER), false],
    [true, BOOLEAN, true],
    [1, FUNCTION, false],
  ])("%j is of type %j: %j", (value, type, expected) => {
    expect(isOfType(fromJson(value), type)).toBe(expected);
  });

  it("should turn a value into a list of it and back, and nothing else", () => {
    expect(coerce(1, listOf(NUMBER))).toEqual([1]);
    expect(coerce([1], NUMBER)).toBe(1);
    expect(coerce([1, 2], NUMBER)).toBeUndefined();
    expect(coerce("1", NUMBER)).toBeUndefined();
    expect(coerce(null, NUMBER)).toBeNull();
  });

  it("should meet in what both have", () => {
    expect(typeName(unionType(NUMBER, NUMBER))).toBe("number");
    expect(typeName(unionType(NUMBER, STRING))).toBe("any");
    expect(typeName(unionType(listOf(NUMBER), listOf(STRING)))).toBe("list<any>");
    expect(unionType(contextOf({ a: NUMBER, b: STRING }), contextOf({ a: NUMBER }))).toEqual(
      contextOf({ a: NUMBER }, true),
    );
  });
});
