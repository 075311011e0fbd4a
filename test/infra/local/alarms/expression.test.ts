import { describe, expect, it } from "vitest";
import { compileExpression, type Series } from "#infra/local/alarms/expression.ts";

const evaluate = (text: string, values: Readonly<Record<string, Series>> = {}): Series =>
  compileExpression(text).evaluate(new Map(Object.entries(values)));

describe("metric math", () => {
  it.each<[string, Series]>([
    ["a", [1, null]],
    ["FILL(a, 0)", [1, 0]],
    ["FILL(a, b)", [1, 5]],
    ["a + b", [5, null]],
    ["b - a * 2 + 1", [3, null]],
    ["(b - a) * 2", [6, null]],
    ["b / a", [4, null]],
    ["MAX([FILL(a, 0), b])", [4, 5]],
    ["MIN([a, b])", [1, null]],
    ["SUM([FILL(a, 0), b, 1])", [6, 6]],
    ["b >= 5", [0, 1]],
    ["IF(b > 4, b, 0)", [0, 5]],
    ["IF(FILL(a, 0) == 0, 1, 0.5)", [0.5, 1]],
  ])("%s", (text, expected) => {
    expect(evaluate(text, { a: [1, null], b: [4, 5] })).toEqual(expected);
  });

  it("has no value where it would divide by zero", () => {
    expect(evaluate("a / b", { a: [1, 1], b: [0, 2] })).toEqual([null, 0.5]);
  });

  it("names the metrics it needs, each once", () => {
    expect(compileExpression("FILL(a, 0) + FILL(b, 0) / a").names).toEqual(["a", "b"]);
  });

  it.each(["", "a +", "RATE(a)", "SEARCH('{x}', 'Sum', 60)", "a b", "MAX([a, b)", "(a"])(
    "that is not known stops: %s",
    (text) => {
      expect(() => compileExpression(text)).toThrow("metric math is not known here");
    },
  );
});
