import { describe, expect, it } from "vitest";
import { compileModel } from "#dmn/index.ts";
import { FeelLimitError } from "#feel/index.ts";
import { ask, one } from "../support/ask.ts";
import { decision, definitions, inputData, literal, table } from "../support/models.ts";

describe("boxed expressions", () => {
  const boxed: readonly (readonly [string, string, unknown])[] = [
    [
      "a context, whose entries see those before them",
      `<context><contextEntry><variable name="a"/>${literal("1")}</contextEntry>
       <contextEntry><variable name="b"/>${literal("a + 1")}</contextEntry></context>`,
      { a: 1, b: 2 },
    ],
    [
      "a context with a result",
      `<context><contextEntry><variable name="a"/>${literal("1")}</contextEntry>
       <contextEntry>${literal("a + 1")}</contextEntry></context>`,
      2,
    ],
    ["a list", `<list>${literal("1")}${literal("2")}</list>`, [1, 2]],
    [
      "a relation",
      `<relation><column name="n"/><column name="t"/><row>${literal("1")}${literal(`"x"`)}</row></relation>`,
      [{ n: 1, t: "x" }],
    ],
    [
      "a condition",
      `<conditional><if>${literal("1 > 2")}</if><then>${literal("1")}</then><else>${literal("2")}</else></conditional>`,
      2,
    ],
    [
      "a filter, which sees entries of its items",
      `<filter><in>${literal("[{n: 1}, {n: 2}]")}</in><match>${literal("n > 1 and item.n < 3")}</match></filter>`,
      [{ n: 2 }],
    ],
    [
      "an iteration over a range, which sees the results so far",
      `<for iteratorVariable="i"><in>${literal("[1..4]")}</in><return>${literal("i + count(partial)")}</return></for>`,
      [1, 3, 5, 7],
    ],
    [
      "some",
      `<some iteratorVariable="i"><in>${literal("[1, 2]")}</in><satisfies>${literal("i > 1")}</satisfies></some>`,
      true,
    ],
    [
      "every",
      `<every iteratorVariable="i"><in>${literal("[1, 2]")}</in><satisfies>${literal("i > 1")}</satisfies></every>`,
      false,
    ],
    [
      "a function that remembers its surroundings",
      `<context><contextEntry><variable name="k"/>${literal("10")}</contextEntry>
       <contextEntry><variable name="f"/><functionDefinition><formalParameter name="x" typeRef="number"/>${literal("x * k")}</functionDefinition></contextEntry>
       <contextEntry>${literal("f(2)")}</contextEntry></context>`,
      20,
    ],
  ];

  it.each(boxed)("evaluates %s", (_, logic, expected) => {
    const model = one(logic);

    expect(model.diagnostics).toEqual([]);
    expect(ask(model, "D").value).toEqual(expected);
  });

  it.each([
    ["no range whose ends are the wrong way round", "[3..1]", "i", null],
    ["over days", '[@"2026-02-27"..@"2026-03-01"]', "string(i)", ["2026-02-27", "2026-02-28", "2026-03-01"]],
    ["over nothing but whole numbers", "[1.5..4]", "i", null],
    ["keeping the results so far", "[1..3]", "partial", [[], [[]], [[], [[]]]]],
  ])("iterates %s", (_, source, body, expected) => {
    const model = one(
      `<for iteratorVariable="i"><in>${literal(source)}</in><return>${literal(body)}</return></for>`,
    );

    expect(ask(model, "D").value).toEqual(expected);
  });

  it.each([
    ["[1, null, 3]", "i > 2"],
    ["[1, null, 2]", "i > 2"],
    ["[3, null, 3]", "i > 2"],
    ["[null]", "i"],
    ["[1, 2]", '"a"'],
  ])("tells some, every and a filter over %s where %s as FEEL does", (list, test) => {
    const own = (kind: string): string =>
      `<${kind} iteratorVariable="i"><in>${literal(list)}</in><satisfies>${literal(test)}</satisfies></${kind}>`;
    const match = test.replace("i", "item");
    const filter = `<filter><in>${literal(list)}</in><match>${literal(match)}</match></filter>`;
    const answer = (logic: string): unknown => {
      const { value, warnings } = ask(one(logic), "D");
      return [value, warnings.map(({ code }) => code)];
    };

    expect(answer(own("some"))).toEqual(answer(literal(`some i in ${list} satisfies ${test}`)));
    expect(answer(own("every"))).toEqual(answer(literal(`every i in ${list} satisfies ${test}`)));
    expect(answer(filter)).toEqual(answer(literal(`${list}[${match}]`)));
  });

  it("makes a part of an expression what the part declares", () => {
    const logic = `<for iteratorVariable="i"><in typeRef="number">${literal('"a"')}</in><return>${literal("i")}</return></for>`;
    const { value, warnings } = ask(one(logic), "D");

    expect(value).toBeNull();
    expect(warnings.map(({ message }) => message)).toContain('expected number, found "a"');
  });

  it.each(["[1, 2]", "xs"])("makes the match of a filter over %s what the match declares", (list) => {
    const filter = (typeRef: string): string =>
      `<filter><in>${literal(list)}</in><match typeRef="${typeRef}">${literal("item > 1")}</match></filter>`;
    const model = (typeRef: string) =>
      compileModel(definitions(inputData("xs"), decision("D", filter(typeRef), { requires: ["xs"] })));

    expect(ask(model("boolean"), "D", { xs: [1, 2] })).toEqual({ value: [2], warnings: [] });
    expect(ask(model("string"), "D", { xs: [1, 2] }).warnings[0]?.message).toBe(
      "expected string, found false",
    );
    expect(model("none").diagnostics).toMatchObject([{ code: "type", message: 'unknown type "none"' }]);
  });

  it("prefers an entry `item` to the item itself in a filter", () => {
    const filter = (list: string): string =>
      `<filter><in>${literal(list)}</in><match>${literal("item = 1")}</match></filter>`;

    expect(ask(one(filter("[{item: 1, b: 2}, {item: 2, b: 3}]")), "D").value).toEqual([{ item: 1, b: 2 }]);
    expect(ask(one(filter("[1, 2]")), "D").value).toEqual([1]);
  });

  it("bounds the iterations of one evaluation", () => {
    const model = compileModel(
      definitions(
        decision(
          "D",
          `<for iteratorVariable="i"><in>${literal("[1..100000]")}</in><return>${literal("i")}</return></for>`,
        ),
      ),
      { limits: { maxIterations: 1000 } },
    );

    expect(() => ask(model, "D")).toThrow(FeelLimitError);
  });
});

describe("tables inside of other expressions", () => {
  it("sees entries of a context and parameters of a function", () => {
    const inner = table({ inputs: ["a: number"], rows: [`> 1 | "big"`, `<= 1 | "small"`] });
    const model = one(
      `<context><contextEntry><variable name="a"/>${literal("2")}</contextEntry><contextEntry>${inner}</contextEntry></context>`,
    );

    expect(ask(model, "D").value).toBe("big");
  });
});
