import { describe, expect, it } from "vitest";
import {
  BOOLEAN,
  compile,
  compileUnaryTests,
  contextOf,
  type Diagnostic,
  FeelSyntaxError,
  type FeelType,
  NUMBER,
  rangeOf,
  STRING,
} from "#feel/index.ts";

const SCOPE = { customer: contextOf({ spent: NUMBER, tier: STRING, vip: BOOLEAN }) };

function found(read: () => { readonly diagnostics: readonly Diagnostic[] }): (string | undefined)[] {
  const told = ({ message, expected, suggestion }: Diagnostic) => [message, suggestion ?? expected];
  try {
    return read().diagnostics.flatMap(told);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error.diagnostics.flatMap(told);
    throw error;
  }
}

const inCell = (text: string, type: FeelType = NUMBER) => found(() => compileUnaryTests(text, type, SCOPE));
const inRule = (text: string) => found(() => compile(text, SCOPE));

describe("what other languages write", () => {
  it.each([
    "> 1,000",
    "> 1.000,00",
    ">= 2,5",
    "<> 5",
    "== 5",
    "=> 5",
    "=< 5",
    ">< 5",
    "!== 5",
    "> 1 000",
    "> 1;000",
  ])("gives the same finding and hint in a cell as in a rule: `%s`", (text) => {
    const [message, expected] = inRule(`customer.spent ${text}`);

    expect(message).toBeDefined();
    expect(expected).toBeDefined();
    expect(inCell(text)).toEqual([message, expected]);
    expect(inRule(`customer.spent in (${text})`)).toEqual([message, expected]);
  });

  it.each(["1,000", "[1,000..2,000]", "1,234.56", "1.234,56", "0, 1,000", "not(1,000)"])(
    "is told for a number with a comma in a cell: `%s`",
    (text) => {
      expect(inCell(text)[1]).toBe("a decimal point, and nothing between thousands: 1234.5");
    },
  );

  it("is told for a number with a comma among arguments and in lists", () => {
    expect(inRule("min(1,000, customer.spent)")[0]).toBe('unexpected ","');
    expect(inRule("customer.spent in [1,000, 5,000]")).toHaveLength(4);
  });

  it.each(["1,2,3", "100,200", "0,1", "1, 000.5", "0.5,1", "[1..5],7", "5,>10", "not(1,2)", "1000"])(
    "is left alone where a list is meant: `%s`",
    (text) => {
      expect(inCell(text)).toEqual([]);
    },
  );
});

describe("tests joined by a word", () => {
  it.each([
    ["> 5 and < 100", "(5..100)"],
    ["<= 100 and >= 5", "[5..100]"],
    ["> 5 or < 1", "> 5, < 1"],
    ["> 5 and != 7", "? > 5 and ? != 7"],
    ["1 or 2", "1, 2"],
  ])("are told to be written otherwise in a cell: `%s`", (text, expected) => {
    expect(inCell(text)[1]).toBe(expected);
    expect(inCell(text)).toHaveLength(2);
  });

  it.each([
    ["customer.spent > 5 and < 100", "customer.spent > 5 and customer.spent < 100"],
    ['customer.tier = "a" or "b"', 'customer.tier = "a" or customer.tier = "b"'],
  ])("are told to lack their value in a rule: `%s`", (text, expected) => {
    expect(inRule(text)[1]).toBe(expected);
  });

  it("are right as conditions about the input", () => {
    expect(inCell("? > 5 and ? < 100")).toEqual([]);
    expect(inRule("customer.vip and customer.spent > 5")).toEqual([]);
  });
});

describe("a range behind an operator", () => {
  it("is compared with as a whole, in a cell as in a test", () => {
    const never = ["the input is a number, never a range<number>", "[1..5]"];

    expect(inCell("= [1..5]")).toEqual(never);
    expect(inRule("customer.spent in (= [1..5])")[1]).toBe("[1..5]");
    expect(compileUnaryTests("= [1..5]", NUMBER, {}).evaluate({}, 3)).toBe(null);
    expect(compile("x in (= [1..5])", { x: NUMBER }).evaluate({ x: 3 })).toBe(null);
  });

  it("is what a column of ranges may hold", () => {
    const tests = compileUnaryTests("= [1..5]", rangeOf(NUMBER), {});
    const range = compile("[1..5]", {}).evaluate({});

    expect(tests.diagnostics).toEqual([]);
    expect(tests.evaluate({}, range)).toBe(true);
  });
});

describe("a word that nobody declared", () => {
  it.each([
    ["customer.tier = gold", 'a text in quotes: "gold"'],
    ["customer.tier != very good", 'a text in quotes: "very good"'],
    ["customer.tier in (gold, silver)", 'a text in quotes: "gold"'],
    ["customer.tier in [gold]", 'a text in quotes: "gold"'],
    ["customer.tier = no", 'a text in quotes: "no"'],
    ["customer.vip = no", "false"],
    ["customer.vip = Yes", "true"],
    ["customer.tier = `gold`", '"'],
    ["days between(a, b) > 3", "a subtraction: (b - a).days, or years and months duration(a, b)"],
    [
      "months between(customer.x, today()) > 3",
      "a subtraction: (b - a).days, or years and months duration(a, b)",
    ],
  ])("is told what it may have meant: `%s`", (text, expected) => {
    expect(inRule(text)[1]).toBe(expected);
  });

  it("is told so in a cell too", () => {
    expect(inCell("gold", STRING)[1]).toBe('a text in quotes: "gold"');
    expect(inCell("no", BOOLEAN)[1]).toBe("false");
    expect(inCell("`gold`", STRING)[1]).toBe('"');
  });
});
