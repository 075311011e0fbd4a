import { describe, expect, it } from "vitest";
import { BINNING_CUTS, binOf, learnBinning } from "#domain/learning/binning.ts";
import { dimensionsOf, encode } from "#domain/learning/encoding.ts";

const cut = (values: readonly (string | number | null | boolean)[], count?: number) =>
  learnBinning(values.map((value) => ({ x: value })) as never, ["x"], count).x;
const numbers = (from: number, to: number, by: number) =>
  Array.from({ length: Math.round((to - from) / by) }, (_, at) => from + at * by);

describe("bins", () => {
  it("are cut after a hundred observations and after a thousand", () => {
    expect(BINNING_CUTS).toEqual([100, 1_000]);
  });

  it.each([
    ["people's ages", numbers(18, 78, 1), [30, 40, 50, 60, 70]],
    ["amounts in hundreds", numbers(0, 12_000, 7), [2_000, 4_000, 6_000, 8_000, 10_000]],
    ["shares", numbers(0, 1, 0.001), [0.2, 0.3, 0.5, 0.7, 0.8]],
    ["small shares", numbers(0, 0.06, 0.0001), [0.01, 0.02, 0.03, 0.04, 0.05]],
    ["a width of two", numbers(0, 12, 0.01), [2, 4, 6, 8, 10]],
    ["a width of five", numbers(0, 30, 0.01), [5, 10, 15, 20, 25]],
    ["a width below two", numbers(0, 11.7, 0.01), [2, 4, 6, 8, 10]],
    ["one value", [3.14, 3.14, 3.14], [3.14]],
    ["two values", [1, 1, 1, 2, 2, 2], [1, 2]],
    ["a gap of two at the end, in any order", [5, 1, 3, 1, 3, 1], [1, 3, 6]],
    ["balances below 0", [-1, -40, -20, -30, -10, -50], [-40, -30, -20, -10, 0]],
  ])("of %s lie at round numbers near their quantiles", (_what, values, edges) => {
    expect(cut(values)).toEqual({ kind: "number", edges });
  });

  it("of texts are those seen most, by name where two were seen as often", () => {
    const seen = ["b", "a", "c", "c", "d", "e", "f", "g", null];
    expect(cut(seen)).toEqual({ kind: "text", values: ["c", "a", "b", "d", "e", "f"] });
    expect(cut(seen, 2)).toEqual({ kind: "text", values: ["c", "a"] });
    expect(cut([null])).toEqual({ kind: "text", values: [] });
  });

  it("of numbers with texts among them are those of the numbers", () => {
    expect(cut(["x", 7, "y"])).toEqual({ kind: "number", edges: [7] });
  });

  it("hold what is at their lower edge, and what is missing or seen too rarely apart", () => {
    const bins = { kind: "number", edges: [10, 20] } as const;
    expect([9, 10, 19, 20, 21, "15", "x", null, undefined].map((value) => binOf(bins, value))).toEqual([
      ...["0", "1", "1", "2", "2", "1", "-", "-", "-"],
    ]);
    expect(binOf(bins, Number.POSITIVE_INFINITY)).toBe("2");
    expect(["a", "b", null].map((value) => binOf({ kind: "text", values: ["a"] }, value))).toEqual([
      "0",
      "~",
      "-",
    ]);
  });
});

describe("a customer as numbers", () => {
  const BINNING = {
    age: { kind: "number", edges: [20, 30, 60] },
    city: { kind: "text", values: ["Rome", "Oslo"] },
    one: { kind: "number", edges: [5] },
    none: { kind: "number", edges: [] },
  } as const;

  it("begins with 1, puts the middle edge at 0 and the outer ones 2 apart, and cuts what is far out", () => {
    const ages = [30, 50, 10, 1_000, -1_000, null, "x"].map((age) => encode(BINNING, { age })[1]);
    expect(ages).toEqual([0, 1, -1, 3, -3, 0, 0]);
    expect(encode(BINNING, { age: 30, city: "Oslo", one: 7, none: 0.5 })).toEqual([1, 0, 0, 1, 2, 0.5]);
    expect(encode(BINNING, { city: "Bonn" })).toEqual([1, 0, 0, 0, 0, 0]);
    expect(encode(BINNING, { city: "Rome" }).slice(2, 4)).toEqual([1, 0]);
  });

  it("has a place for each number and each text seen often", () => {
    expect(dimensionsOf(BINNING)).toBe(6);
    expect(dimensionsOf({})).toBe(1);
  });
});
