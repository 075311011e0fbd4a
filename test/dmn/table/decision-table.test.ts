import { describe, expect, it } from "vitest";
import { compileModel, type DmnWarning } from "#dmn/index.ts";
import { type FeelInput, type FeelValue, toJson } from "#feel/index.ts";
import { decision, definitions, inputData, type TableOptions, table } from "../support/models.ts";

/** A model with one table, "Offer", over a number `spend` and a string `tier`. */
function offer(options: Partial<TableOptions> & Pick<TableOptions, "rows">) {
  const logic = table({ inputs: ["spend: number", "tier: string"], ...options });
  const model = compileModel(
    definitions(
      inputData("spend", "number"),
      inputData("tier", "string"),
      decision("Offer", logic, { requires: ["spend", "tier"] }),
    ),
  );
  const callable = model.decisions.get("Offer");
  if (callable === undefined) throw new Error("no decision");
  const warnings: DmnWarning[] = [];
  const evaluate = (spend: FeelValue, tier: FeelValue): unknown =>
    toJson(callable.evaluate({ spend, tier }, { onWarning: (warning) => warnings.push(warning) }));
  return { model, callable, evaluate, warnings };
}

const POLICIES = [
  ["COLLECT", undefined],
  ["COLLECT", "COUNT"],
  ["COLLECT", "SUM"],
  ["COLLECT", "MIN"],
  ["COLLECT", "MAX"],
  ["RULE ORDER", undefined],
  ["OUTPUT ORDER", undefined],
  ["PRIORITY", undefined],
  ["UNIQUE", undefined],
  ["ANY", undefined],
  ["FIRST", undefined],
] as const;

describe("a decision table with a single rule", () => {
  it.each(POLICIES)("answers as one whose second rule never matches: %s %s", (hitPolicy, aggregation) => {
    const policy = { hitPolicy, ...(aggregation && { aggregation }), outputValues: "7, 8" };
    for (const rule of ["> 100 | - | 7", '- | "gold" | 7', "- | - | spend - 143", "- | - | 7"]) {
      const one = offer({ ...policy, rows: [rule] });
      const two = offer({ ...policy, rows: [rule, "< 0 | - | 8"] });
      for (const spend of [150, 50]) {
        const { value, trace } = one.callable.evaluateWithTrace({ spend, tier: "gold" });

        expect(one.evaluate(spend, "gold")).toEqual(two.evaluate(spend, "gold"));
        expect(toJson(value)).toEqual(one.evaluate(spend, "gold"));
        expect(trace.tables[0]?.matchedRows).toEqual(spend === 150 || !rule.startsWith(">") ? [1] : []);
      }
    }
  });

  it("counts one, and lists one", () => {
    const rows = ['- | - | "coffee"'];

    expect(offer({ hitPolicy: "COLLECT", aggregation: "COUNT", rows }).evaluate(1, "a")).toBe(1);
    expect(offer({ hitPolicy: "COLLECT", rows }).evaluate(1, "a")).toEqual(["coffee"]);
    expect(offer({ hitPolicy: "RULE ORDER", rows }).evaluate(1, "a")).toEqual(["coffee"]);
    expect(offer({ hitPolicy: "COLLECT", aggregation: "SUM", rows }).evaluate(1, "a")).toBeNull();
  });
});

describe("hit policies of a decision table", () => {
  it("UNIQUE answers with the only row that matches", () => {
    const { evaluate } = offer({ rows: [`>= 100 | "gold" | "sale"`, `< 100 | - | "gift"`] });

    expect(evaluate(150, "gold")).toBe("sale");
    expect(evaluate(50, "gold")).toBe("gift");
    expect(evaluate(150, "basic")).toBeNull();
  });

  it("UNIQUE reports rows that overlap and answers null", () => {
    const { evaluate, warnings } = offer({ rows: [`>= 100 | - | "sale"`, `- | "gold" | "gift"`] });

    expect(evaluate(150, "gold")).toBeNull();
    expect(warnings[0]).toMatchObject({ code: "hit-policy", element: "Offer", file: "model.dmn" });
    expect(warnings[0]?.message).toContain("rows 1 and 2");
  });

  it("FIRST answers with the first row that matches", () => {
    const { evaluate } = offer({ hitPolicy: "FIRST", rows: [`>= 100 | - | "sale"`, `- | "gold" | "gift"`] });

    expect(evaluate(150, "gold")).toBe("sale");
    expect(evaluate(50, "gold")).toBe("gift");
  });

  it("ANY accepts several rows that say the same, and refuses those that differ", () => {
    const same = offer({ hitPolicy: "ANY", rows: [`>= 100 | - | "sale"`, `- | "gold" | "sale"`] });
    const other = offer({ hitPolicy: "ANY", rows: [`>= 100 | - | "sale"`, `- | "gold" | "gift"`] });

    expect(same.evaluate(150, "gold")).toBe("sale");
    expect(other.evaluate(150, "gold")).toBeNull();
    expect(other.warnings.map(({ code }) => code)).toEqual(["hit-policy"]);
  });

  it("PRIORITY and OUTPUT ORDER follow the list of output values", () => {
    const rows = [`- | - | "gift"`, `>= 100 | - | "sale"`, `- | "gold" | "gift"`];
    const outputValues = `"sale", "gift"`;

    expect(offer({ hitPolicy: "PRIORITY", outputValues, rows }).evaluate(150, "gold")).toBe("sale");
    expect(offer({ hitPolicy: "OUTPUT ORDER", outputValues, rows }).evaluate(150, "gold")).toEqual([
      "sale",
      "gift",
      "gift",
    ]);
  });

  it("RULE ORDER and COLLECT list all matching rows in order", () => {
    const rows = [`- | - | "gift"`, `>= 100 | - | "sale"`];

    for (const hitPolicy of ["RULE ORDER", "COLLECT"]) {
      const { evaluate } = offer({ hitPolicy, rows });
      expect(evaluate(150, "gold")).toEqual(["gift", "sale"]);
      expect(evaluate(50, "gold")).toEqual(["gift"]);
    }
  });

  it.each([
    ["SUM", 60, null],
    ["MIN", 10, null],
    ["MAX", 30, null],
    ["COUNT", 3, 0],
  ])("COLLECT with %s answers %s, and %s when no row matches", (aggregation, all, none) => {
    const rows = ["> 0 | - | 10", "> 0 | - | 20", "> 0 | - | 30"];
    const { evaluate } = offer({ hitPolicy: "COLLECT", aggregation, rows });

    expect(evaluate(1, "gold")).toBe(all);
    expect(evaluate(0, "gold")).toBe(none);
  });

  it("answers with a context when there are several outputs", () => {
    const rows = [`>= 100 | "gold" | "sale" | 10`];
    const { evaluate } = offer({ outputs: ["what: string", "percent: number"], rows });

    expect(evaluate(150, "gold")).toEqual({ what: "sale", percent: 10 });
  });

  it("answers null, or an empty list, when the table has no rows", () => {
    expect(offer({ rows: [] }).evaluate(1, "gold")).toBeNull();
    expect(offer({ hitPolicy: "COLLECT", rows: [] }).evaluate(1, "gold")).toEqual([]);
  });

  it("aggregates under COLLECT alone", () => {
    const { model, evaluate } = offer({
      hitPolicy: "RULE ORDER",
      aggregation: "SUM",
      rows: ["- | - | 1", "> 5 | - | 2"],
    });

    expect(evaluate(9, "gold")).toEqual([1, 2]);
    expect(offer({ hitPolicy: "RULE ORDER", aggregation: "SUM", rows: [] }).evaluate(1, "gold")).toEqual([]);
    expect(model.decisions.get("Offer")?.type).toMatchObject({ kind: "list" });
  });

  it("names outputs as FEEL does, and wants a name of its own for each", () => {
    const { evaluate } = offer({ outputs: [" the  price ", "b"], rows: ["- | - | 1 | 2"] });

    expect(evaluate(1, "gold")).toEqual({ "the price": 1, b: 2 });
    for (const second of ["a b", " a  b"]) {
      const { model } = offer({ outputs: ["a b", second], rows: ["- | - | 1 | 2"] });

      expect(model.diagnostics).toMatchObject([
        { code: "structure", message: "each output of a table with several outputs needs a name of its own" },
      ]);
    }
  });

  it("answers with the default output when no row matches", () => {
    const { evaluate } = offer({ defaultOutput: `"newsletter"`, rows: [`>= 100 | "gold" | "sale"`] });

    expect(evaluate(1, "basic")).toBe("newsletter");
  });
});

describe("inputs of a decision table", () => {
  it("makes a value of the wrong type null, with a warning that names input and place", () => {
    const { evaluate, warnings } = offer({
      hitPolicy: "FIRST",
      rows: [`>= 100 | - | "sale"`, `- | - | "none"`],
    });

    expect(evaluate("150", "gold")).toBe("none");
    expect(warnings[0]).toMatchObject({ code: "coercion", element: "spend", line: 3 });
  });

  it("refuses a value that is not among the input values", () => {
    const { evaluate, warnings } = offer({
      inputs: ["tier: string"],
      inputValues: `"gold", "basic"`,
      rows: [`"gold" | "sale"`, `"basic" | "gift"`],
    });

    expect(evaluate(1, "gold")).toBe("sale");
    expect(evaluate(1, "silver")).toBeNull();
    expect(warnings.map(({ code }) => code)).toEqual(["allowed-values"]);
  });

  it("treats not(...), null and lists of values as FEEL does", () => {
    const { evaluate } = offer({
      hitPolicy: "FIRST",
      rows: [`null | - | "no spend"`, `not(1, 2) | not("gold") | "a"`, `1, 3 | - | "b"`, `- | - | "c"`],
    });

    expect(evaluate(null, "gold")).toBe("no spend");
    expect(evaluate(3, "basic")).toBe("a");
    expect(evaluate(3, "gold")).toBe("b");
    expect(evaluate(2, "basic")).toBe("c");
  });

  it("lets cells compute, also from other inputs", () => {
    const { evaluate } = offer({
      hitPolicy: "FIRST",
      rows: [`> string length(tier) | starts with(?, "g") | tier + "!"`, `- | - | "none"`],
    });

    expect(evaluate(5, "gold")).toBe("gold!");
    expect(evaluate(4, "gold")).toBe("none");
    expect(evaluate(9, "basic")).toBe("none");
  });
});

describe("explaining a decision table", () => {
  it("tells which rows matched and which inputs were read", () => {
    const { callable } = offer({
      hitPolicy: "COLLECT",
      rows: [`- | - | "gift"`, `>= 100 | - | "sale"`, `< 1 | - | "x"`],
    });

    const inputs: FeelInput = { spend: 150, tier: "gold" };
    const { value, trace } = callable.evaluateWithTrace(inputs);

    expect(value).toEqual(["gift", "sale"]);
    expect(trace.tables).toEqual([
      {
        file: "model.dmn",
        decision: "Offer",
        hitPolicy: "COLLECT",
        inputs: [
          { expression: "spend", value: 150 },
          { expression: "tier", value: "gold" },
        ],
        matchedRows: [1, 2],
        annotations: [],
      },
    ]);
    expect(trace.read).toEqual([
      { path: "spend", value: 150 },
      { path: "tier", value: "gold" },
    ]);
    expect(trace.steps.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "input spend",
      "input tier",
      "decision Offer",
    ]);
  });
});
