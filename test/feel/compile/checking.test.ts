import { describe, expect, it } from "vitest";
import {
  ANY,
  BOOLEAN,
  compile,
  compileUnaryTests,
  contextOf,
  DATE,
  DATE_TIME,
  type Diagnostic,
  FeelSyntaxError,
  functionOf,
  listOf,
  NUMBER,
  type Scope,
  STRING,
  typeName,
} from "#feel/index.ts";

const SCOPE: Scope = {
  customer: contextOf({
    age: NUMBER,
    "date of birth": DATE,
    country: STRING,
    "loyalty-points": NUMBER,
    tags: listOf(STRING),
  }),
  orders: listOf(contextOf({ total: NUMBER, placed: DATE })),
  blocked: BOOLEAN,
  Band: functionOf([NUMBER], STRING, ["age"]),
  At: functionOf([DATE_TIME, listOf(STRING)], STRING),
  anything: ANY,
};

function findings(text: string) {
  return compile(text, SCOPE).diagnostics.map(
    ({ severity, code, from, to }) => `${severity} ${code} ${from}-${to}`,
  );
}

function firstFinding(text: string): Diagnostic | undefined {
  try {
    return compile(text, SCOPE).diagnostics[0];
  } catch (error) {
    if (error instanceof FeelSyntaxError) return error.diagnostics[0];
    throw error;
  }
}

describe("checking against the declared names", () => {
  it.each([
    ["customer.age >= 18", []],
    ['customer.loyalty-points > 100 and customer.date of birth < @"2000-01-01"', []],
    ["orders[total > 10].placed", []],
    ["customr.age", ["error unknown-name 0-7"]],
    ["customer.agee", ["error unknown-entry 9-13"]],
    ['customer.age = "18"', ["error never-true 0-19"]],
    ['customer.date of birth < "2000-01-01"', ["error never-true 0-37"]],
    ["customer.age + customer.country", ["error type-mismatch 0-31"]],
    ["if customer.age then 1 else 2", ["warning type-mismatch 3-15"]],
    ["blocked > true", ["error never-true 0-14"]],
    ["customer.country in (1, 2)", ["error never-true 21-22", "error never-true 24-25"]],
    ["customer.country in [1, 2]", ["error never-true 20-26"]],
    ['customer.age in ["a".."z"]', ["error never-true 16-26"]],
    ['customer.age in < "a" and blocked', ["error never-true 16-21"]],
    ["customer.age in orders.placed", ["error never-true 16-29"]],
    ["customer.age in [[1..3], [5..7]]", []],
    ['customer.age in (1, [2..3], [4, 5], > 6, null, anything, orders.total, [1, "a"])', []],
    ["[1..3] in [[1..3], [4..6]] or [1] in [[1], [2]] or orders[1] in orders", []],
    ["abs(1, 2)", ["error wrong-arguments 0-9"]],
    ["abs(nn: 1)", ["error unknown-parameter 0-10"]],
    ["customer.age(1)", ["error not-a-function 0-12"]],
    ["upper case(customer.age)", ["error type-mismatch 11-23"]],
    ["upper case(string: customer.age)", ["error type-mismatch 19-31"]],
    ["sum(customer.tags)", ["error type-mismatch 4-17"]],
    ["sum(orders.total) + sum(orders.total, 1) + sum(1, customer.age)", []],
    ["not(customer.age)", ["error type-mismatch 4-16"]],
    ["not(blocked) and not(anything) and not(null)", []],
    ['decimal(customer.age, "2")', ["error type-mismatch 22-25"]],
    ["list contains(customer.tags, 5)", ["error type-mismatch 29-30"]],
    ['list contains(customer.tags, "a") and list contains(element: 1, list: anything)', []],
    ["date(2020-01-01)", ["error invalid-literal 5-15", "error type-mismatch 5-15"]],
    ['date(2020, 1, 1) < date("2020-01-01") and date(now()) < today()', []],
    ["modulo(dividend: 1)", ["error wrong-arguments 0-19"]],
    ["sum(list: [1], list: [2])", ["error wrong-arguments 0-25"]],
    ["upper case(customer.tags) = upper case([anything])", []],
    ["count(1) + count(customer.tags) + abs(-1)", []],
    ["sort(orders, function(a, b) a.total < b.total)", []],
    ['Band("x")', ["error type-mismatch 5-8"]],
    ["Band(1, 2)", ["error wrong-arguments 0-10"]],
    ["Band()", ["error wrong-arguments 0-6"]],
    ["Band(agee: 1)", ["error unknown-parameter 0-13"]],
    ['Band(age: "1")', ["error type-mismatch 10-13"]],
    ["Band(1) = Band([1]) or Band(age: null) = Band(anything)", []],
    ['At(@"2020-01-01", ["a"]) = At(@"2020-01-01T00:00:00Z", "a")', []],
    ["At([1], [2])", ["error type-mismatch 3-6", "error type-mismatch 8-11"]],
    ["(function(a, b) a)(1)", ["error wrong-arguments 0-21"]],
    ["(function(a, b) a)(a: 1, a: 2)", ["error wrong-arguments 0-30"]],
    ["anything.at.all = 1", []],
    ["1 instance of nubmer", ["error unknown-type 14-20"]],
    ['@"soon"', ["error invalid-literal 0-7"]],
    ["for order in orders return order.totl", ["error unknown-entry 33-37"]],
    ["{a: 1}.b", ["error unknown-entry 7-8"]],
    ["[{a: 1, b: 2}, {a: 1}].b", []],
    ["for x in [[{a: 1, b: 2}], [{a: 1}]] return x.b", []],
    ["(if blocked then {a: 1, b: 2} else {a: 1}).b", []],
    ["[{a: 1}, {a: null}].b", ["error unknown-entry 20-21"]],
  ])("should find in `%s`: %j", (text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it("should suggest what may have been meant", () => {
    expect(compile("customr.age", SCOPE).diagnostics[0]).toMatchObject({ suggestion: "customer" });
    expect(compile("customer.contry", SCOPE).diagnostics[0]).toMatchObject({
      suggestion: "country",
      expected: "age, date of birth, country, loyalty-points, tags",
    });
    expect(compile("orders.totl", SCOPE).diagnostics[0]).toMatchObject({ suggestion: "total" });
    expect(compile("orders[totl > 5]", SCOPE).diagnostics[0]).toMatchObject({ suggestion: "total" });
    expect(compile("orders[1].totl", SCOPE).diagnostics[0]).toMatchObject({ suggestion: "total" });
    expect(compile('uper case("a")', SCOPE).diagnostics[0]).toMatchObject({ suggestion: "upper case" });
    expect(compile("zzzzzzzz", SCOPE).diagnostics[0]).not.toHaveProperty("suggestion");
  });

  it.each([
    ["customer.age == 1", "`==` is no comparison", "="],
    ["customer.age <> 1", "`<>` is no comparison", "!="],
    ["anything => 1", "`=>` is no comparison", ">="],
    ["5 < customer.age < 7", "a comparison is of two values", "5 < customer.age and customer.age < 7"],
    ["blocked AND true", 'unexpected "AND"', "and"],
    ["If blocked then 1 else 2", 'unexpected "If"', "if"],
    ["blocked && true", 'unexpected "&&"', "and"],
    ["customer.age ≥ 1", 'unexpected "≥"', ">="],
    ["customer.country = “NL”", 'unexpected "“"', '"'],
    ["customer.country = 'NL'", `unexpected "'"`, '"'],
    ["!blocked", 'unexpected "!"', "not(...)"],
    ["customer.age > 1,5", 'unexpected ","', "a decimal point, and nothing between thousands: 1234.5"],
    ["customer.age in 1..5", 'unexpected ".."', "brackets around a range: [1..5]"],
    ["customer.age is null", 'unexpected "is"', "="],
    ["@2026-01-31", 'unexpected "2026-01-31"', 'a text: @"2026-01-31"'],
  ])("should say what FEEL writes for what stands in `%s`", (text, message, expected) => {
    expect(firstFinding(text)).toMatchObject({ message, expected });
  });

  it.each([
    ["blocked = True", "true"],
    ["NULL", "null"],
    ["NOT(blocked)", "not"],
    ["not blocked", "not(blocked)"],
    ["blocked AND anything > 5", "blocked and anything"],
    ["2020-01-01 < today()", '@"2020-01-01"'],
  ])("should suggest for `%s`: %s", (text, suggestion) => {
    expect(firstFinding(text)).toMatchObject({ suggestion });
  });

  it("should call the function whose name the scope has for a value, and only then", () => {
    const scope: Scope = { now: DATE_TIME, count: NUMBER, date: ANY };
    const environment = { now: Date.UTC(2026, 0, 2, 9), zone: "Europe/Amsterdam" };
    const compiled = compile("now().hour * count([1, 2]) + count", scope);

    expect(compiled.diagnostics).toEqual([]);
    expect(compiled.evaluate({ count: 5 }, environment)).toBe(25);
    expect(compile("date(1)", scope).evaluate({ date: compile("function(x) x + 1", {}).evaluate({}) })).toBe(
      2,
    );
    expect(compile("{now: 1, later: now()}.later", {}).diagnostics).toMatchObject([
      { code: "not-a-function" },
    ]);
  });

  it("should leave alone what only looks like a slip", () => {
    expect(findings("[1..2] = (= 1) or (1 < 2) = blocked or 2020-1-1 = 2018")).toEqual([]);
  });

  it.each([
    ["customer.age + 1", "number"],
    ['customer.date of birth + @"P1D"', "date"],
    ['customer.date of birth - @"2000-01-01"', "days and time duration"],
    ["orders.total", "list<number>"],
    ["orders[1].placed", "date"],
    ["orders[total > 1]", "list<context<total: number, placed: date>>"],
    ["for o in orders return o.total > 1", "list<boolean>"],
    ["if blocked then 1 else null", "number"],
    ['if blocked then 1 else "a"', "any"],
    ["{a: 1, b: [a]}", "context<a: number, b: list<number>>"],
    ['[{a: 1, b: 2}, {b: 1, c: ""}]', "list<context<b: number>>"],
    ["[{a: 1}, {a: null}]", "list<context<a: number>>"],
    ["function(x: number) x > 1", "function<number>->boolean"],
    ["[1..2]", "range<number>"],
    ["count(orders)", "number"],
  ])("should know the type of %s: %s", (text, type) => {
    expect(typeName(compile(text, SCOPE).type)).toBe(type);
  });

  it("should tell which paths an expression reads", () => {
    const { references } = compile(
      "customer.age > 1 and orders[total > customer.age].placed[1] = anything",
      SCOPE,
    );
    expect(references.map((path) => path.join("."))).toEqual(["customer.age", "orders", "anything"]);
    const both = compile("count([customer]) > 0 and customer.age > 1", SCOPE).references;
    expect(both.map((path) => path.join("."))).toEqual(["customer", "customer.age"]);
  });
});

describe("unary tests", () => {
  const passes = (text: string, input: number | string | null): boolean | null =>
    compileUnaryTests(text, ANY, { limit: NUMBER, names: listOf(STRING) }).evaluate(
      { limit: 10, names: ["a", "b"] },
      input,
    );

  it.each([
    ["-", null, true],
    ["", 1, true],
    ["5", 5, true],
    ["< 5", 5, false],
    ["< 5", null, null],
    ["[1..5]", 5, true],
    ["1, 2, > 8", 9, true],
    ["not(1, 2)", 2, false],
    ["not(< 5)", "a", null],
    ["null", null, true],
    ['"a"', "a", true],
    ["> limit", 11, true],
    ["names", "b", true],
    ["? > 1 and ? < limit", 5, true],
    ["? = 3", 3, true],
    ["? in [1..5] and ? > 2", 3, true],
    ["? in [1..5] and ? > 2", 2, false],
    ["? in < 5 or ? > 8", 9, true],
    ["even(?)", 4, true],
    ['matches(?, "^a")', "abc", true],
    ["not(? > 5)", 6, false],
    ["[limit..20)", 15, true],
  ])("should decide `%s` for %j: %j", (text, input, expected) => {
    expect(passes(text, input)).toBe(expected);
  });

  it("should say what a cell holds where that is known", () => {
    expect(compileUnaryTests("-", NUMBER, {}).shape).toEqual({ kind: "any" });
    expect(compileUnaryTests("not(1, 2)", NUMBER, {}).shape).toEqual({
      kind: "tests",
      negated: true,
      tests: [1, 2],
    });
    expect(compileUnaryTests("< 5", NUMBER, {}).shape).toMatchObject({ tests: [{ operator: "<", high: 5 }] });
    expect(compileUnaryTests("? > 5", NUMBER, {}).shape).toEqual({ kind: "expression" });
  });

  it("should find tests that no input of the type can pass", () => {
    expect(compileUnaryTests('"a"', NUMBER, {}).diagnostics).toEqual([
      expect.objectContaining({ code: "never-true" }),
    ]);
    expect(compileUnaryTests('< "a"', NUMBER, {}).diagnostics).toEqual([
      expect.objectContaining({ code: "never-true" }),
    ]);
    expect(compileUnaryTests("1, [2..3]", NUMBER, {}).diagnostics).toEqual([]);
    expect(compileUnaryTests("[[1..2], [4..5]]", NUMBER, {}).diagnostics).toEqual([]);
  });
});
