import { describe, expect, it } from "vitest";
import {
  ANY,
  compile,
  compileUnaryTests,
  FeelLimitError,
  FeelSyntaxError,
  type FeelValue,
  listOf,
  NUMBER,
  STRING,
} from "#feel/index.ts";
import { fuzzInput, seededRandom } from "#lab/fuzz/feel-inputs.ts";
import { runFuzzInput } from "#lab/fuzz/feel-outcome.ts";
import { evaluated } from "../support/evaluate.ts";

function limitOf(text: string, context: Record<string, FeelValue> = {}): string {
  const scope = Object.fromEntries(Object.keys(context).map((name) => [name, ANY]));
  try {
    compile(text, scope).evaluate(context);
  } catch (error) {
    if (error instanceof FeelLimitError) return error.code;
    throw error;
  }
  return "none";
}

/** A string of a million units. */
const MILLION = 'string join(for i in 1..100000 return "xxxxxxxxxx")';

/** The beginning of a context with a list of half a million numbers. */
const ELEMENTS = "{s: for i in 1..500000 return i";

describe("bounds of an evaluation", () => {
  it.each([
    ["limit-listSize", "for a in 1..100000, b in 1..100000 return 1"],
    ["limit-listSize", "for i in 1..1e300 return null"],
    ["limit-steps", "some a in 1..1e15 satisfies a < 0"],
    ["limit-callDepth", "{f: function(n) f(n + 1), r: f(1)}.r"],
    ["limit-callDepth", "(function(f) f(f))(function(f) f(f))"],
    ["limit-stringLength", 'string join(for i in 1..200000 return "xxxxxxxxxx")'],
    [
      "limit-listSize",
      "{f: function(l, n) if n = 0 then l else f(concatenate(l, l), n - 1), r: f([1, 2], 40)}.r",
    ],
    ["limit-stringLength", `{s: ${MILLION}, r: string(for i in 1..600 return s)}.r`],
    ["limit-stringLength", `{s: ${MILLION}, r: string([s, s, s, s])}.r`],
    ["limit-stringLength", `{s: ${MILLION}, r: string([[{a: [s..s]}], s])}.r`],
    ["limit-stringLength", 'upper case(string join(for i in 1..200000 return "ßßß"))'],
    [
      "limit-stringLength",
      "{l: [[], []], f: function(l, n) if n = 0 then l else f([l, l], n - 1), r: string(f(l, 100))}.r",
    ],
    ["limit-steps", `${ELEMENTS}, r: count(for i in 1..2000 return reverse(s))}.r`],
    ["limit-steps", `${ELEMENTS}, u: reverse(reverse(s)), r: for i in 1..2000 return s = u}.r`],
    ["limit-steps", `${ELEMENTS}, r: count(for i in 1..2000 return s.a)}.r`],
    ["limit-steps", `${ELEMENTS}, r: for i in 1..2000 return s instance of list<number>}.r`],
    ["limit-steps", `${ELEMENTS}, f: function(l: list<number>) 1, r: for i in 1..2000 return f(s)}.r`],
    ["limit-steps", `${ELEMENTS}, r: for i in 1..2000 return count(s)}.r`],
    ["limit-steps", `{s: ${MILLION}, r: for i in 1..2000 return string length(s)}.r`],
    ["limit-steps", `{s: ${MILLION}, r: count(for i in 1..2000 return substring(s, 2))}.r`],
    ["limit-steps", `{s: substring(${MILLION}, 2), r: count(for i in 1..2000 return s + "x")}.r`],
    [
      "limit-steps",
      `{s: substring(${MILLION}, 3), t: s + "a", u: s + "b", r: min(for i in 1..2000 return if odd(i) then t else u)}.r`,
    ],
    [
      "limit-steps",
      `{s: substring(${MILLION}, 3), t: s + "a", u: s + "b", r: list contains(for i in 1..2000 return t, u)}.r`,
    ],
    [
      "limit-steps",
      `{c: context(for i in 1..100000 return {key: string(i), value: i}), r: count(for i in 1..2000 return context put(c, "k", i))}.r`,
    ],
    ["limit-steps", `count(for i in 1..1000000 return [${"i,".repeat(100)} i])`],
  ])("should end in %s: %s", (code, text) => {
    expect(limitOf(text)).toBe(code);
  });

  it.each(["^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*)*x", "(a*)*b", "^(([a-z])+.)+[A-Z]([a-z])+$"])(
    "should match %s against a hostile text in time that grows with the text",
    (pattern) => {
      const text = `${"a".repeat(2000)}!`;
      expect(evaluated("matches(text, pattern)", { text, pattern }, { text: STRING, pattern: STRING })).toBe(
        "false",
      );
    },
  );

  it("should read a name with a million spaces in time that grows with the text", () => {
    const context = { s: `a${" ".repeat(900_000)}b` };
    expect(evaluated("get value({a b: 1}, s)", context, { s: STRING })).toBe("1");
  });

  it("should stop a search with backreferences, which has no such bound", () => {
    expect(limitOf('matches(text, "^(a*)*\\\\1(a*)*\\\\2b$")', { text: "a".repeat(5000) })).toBe(
      "limit-steps",
    );
  });

  it("should look at each name of a long path once", () => {
    const warnings: string[] = [];
    const path = `x${".missing".repeat(60)}`;
    compile(path, { x: ANY }).evaluate({ x: {} }, { onWarning: ({ code }) => warnings.push(code) });
    expect(warnings).toEqual(Array.from({ length: 60 }, () => "unknown-entry"));
  });

  it("should not take an error of the caller's for a bound", () => {
    const onWarning = () => {
      throw new RangeError("no room for warnings");
    };
    expect(() => compile("1 / 0", {}).evaluate({}, { onWarning })).toThrow("no room for warnings");
  });

  it("should refuse patterns that are written out too large", () => {
    expect(evaluated('matches("a", "((a{1000}){1000}){1000}")')).toBe("null");
  });

  it("should bound what evaluations take together where they share a budget", () => {
    const expression = compile("for i in 1..10 return i", {});
    const budget = { allowed: 50, used: 0 };
    const evaluate = () => expression.evaluate({}, { budget });
    expect(evaluate()).toHaveLength(10);
    expect(() => [evaluate(), evaluate(), evaluate(), evaluate(), evaluate()]).toThrow(
      expect.objectContaining({ code: "limit-budget", allowed: 50 }),
    );
  });

  it("should keep the steps to one evaluation", () => {
    const expression = compile("for i in 1..10 return i", {});
    const limits = { steps: 50 };
    for (let count = 0; count < 20; count++) expect(expression.evaluate({}, { limits })).toHaveLength(10);
  });

  it("should keep the steps to one evaluation also where nothing but values is given", () => {
    const million = { l: Array.from({ length: 1_000_000 }, () => 1) };
    const expression = compile("1 in l", { l: listOf(NUMBER) });
    const cell = compileUnaryTests("l", NUMBER, { l: listOf(NUMBER) });
    for (let count = 0; count < 10; count++) {
      expect(expression.evaluate(million)).toBe(true);
      expect(cell.evaluate(million, 1)).toBe(true);
    }
  });
});

describe("bounds of a text", () => {
  it.each([
    ["too-long", `"${"x".repeat(40_000)}"`],
    ["too-deep", `${"(".repeat(1000)}1${")".repeat(1000)}`],
    ["too-deep", `${"if a then b else ".repeat(600)}1`],
    ["too-deep", Array.from({ length: 800 }, () => "1").join("+")],
    ["too-deep", Array.from({ length: 15_000 }, () => "1").join("+")],
    ["too-deep", `${"if (a) then (b) else ".repeat(580)}1`],
    ["too-deep", `${"-".repeat(30_000)}1`],
  ])("should refuse it as %s", (code, text) => {
    expect(() => compile(text, {})).toThrow(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code })] }),
    );
  });

  it.each([20, 100, 390])("should take a chain of operations on %i strings of 76 characters", (length) => {
    const chain = Array.from({ length }, () => `"${"a".repeat(76)}"`).join(" + ");
    expect(evaluated(`string length(${chain})`)).toBe(String(length * 76));
    expect(() => compile(`${chain} + )`, {})).toThrow(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ code: "syntax" })] }),
    );
  });

  it("should take a list of a thousand values", () => {
    const list = Array.from({ length: 1000 }, (_, index) => `"value ${index}"`).join(", ");
    expect(evaluated(`count([${list}])`)).toBe("1000");
  });
});

describe("what an expression can reach", () => {
  const scope = { x: ANY, list: listOf(NUMBER), text: STRING };
  const context = { x: { a: 1 }, list: [1], text: "abc" };

  it.each([
    "constructor",
    "__proto__",
    "toString",
    "globalThis",
    "process",
    "x.constructor",
    "x.__proto__",
    "x.toString",
    "x.hasOwnProperty",
    "list.constructor",
    "list.length",
    "list.map",
    "text.length",
    "text.constructor",
    "(1).toFixed",
    '@"2025-01-01".epochDay',
    "(function() 1).call",
    "[1..2].low",
    'get value(x, "__proto__")',
    "x[constructor]",
  ])("should not include %s", (text) => {
    expect(["null", "[null]", "[]"]).toContain(evaluated(text, context, scope));
  });

  it("should be the entries of a context, whatever they are called", () => {
    expect(evaluated("{constructor: 1, __proto__: 2}.__proto__")).toBe("2");
    expect(evaluated('context put({}, "__proto__", 1)')).toBe("{__proto__: 1}");
    expect(evaluated("{length: 1, kind: 2, call: 3}")).toBe("{length: 1, kind: 2, call: 3}");
    expect(Object.prototype).not.toHaveProperty("polluted");
    expect(evaluated("context merge([{__proto__: {polluted: 1}}]).polluted")).toBe("null");
  });
});

describe("hostile texts", () => {
  it("should compile or be refused with a place, and evaluate or meet a bound: 4,000 random and mutated ones", () => {
    const random = seededRandom(20_250_331);
    const outcomes = new Set<string>();
    for (let count = 0; count < 4000; count++) outcomes.add(runFuzzInput(fuzzInput(random)));
    expect(outcomes).toContain("value");
    expect(outcomes).toContain("syntax error");
  }, 120_000);

  it.each(["", " ", "\u0000", "\ud800", "(", '"', "/*", "\\", "@", "a.", ".", "{", "1 2", "for", "if", "?"])(
    "should be refused with a place or evaluate: %j",
    (text) => {
      expect(["value", "syntax error"]).toContain(runFuzzInput(text));
    },
  );

  it("should name line and column", () => {
    const failure = (() => {
      try {
        return compile("1 +\n  ) 2", {});
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(FeelSyntaxError);
    expect(failure).toHaveProperty("diagnostics", [
      expect.objectContaining({ line: 2, column: 3, from: 6, to: 7 }),
    ]);
  });
});
