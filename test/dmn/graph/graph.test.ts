import { describe, expect, it } from "vitest";
import { compileModel } from "#dmn/index.ts";
import { FeelLimitError } from "#feel/index.ts";
import { ask } from "../support/ask.ts";
import { decision, definitions, inputData, literal, table } from "../support/models.ts";

describe("a slip in one element", () => {
  it.each([
    ["a row that lacks a cell", "<decisionTable><output/><rule/></decisionTable>", "output cells"],
    ["an unknown hit policy", `<decisionTable hitPolicy="BEST"><output/></decisionTable>`, "hit policy"],
    ["a requirement of nothing", "<informationRequirement/>", "requires"],
  ])("leaves the others alone: %s", (_, logic, message) => {
    const use = decision("B", literal("if A = null then 1 else 2"), { decisions: ["A"] });
    const model = compileModel(definitions(decision("A", logic), use, decision("C", literal("3"))));

    expect(model.diagnostics).toMatchObject([{ code: "structure", severity: "error" }]);
    expect(model.diagnostics[0]?.message).toContain(message);
    expect(["A", "B", "C"].map((name) => ask(model, name).value)).toEqual([null, 1, 3]);
  });

  it.each([
    ["a type", "<itemDefinition/>", "needs an attribute"],
    ["an import", "<import/>", "needs an attribute"],
    ["a decision", "<decision><decisionTable/></decision>", "needs an attribute"],
  ])("leaves the others alone: %s without what names it", (_, element, message) => {
    const model = compileModel(definitions(element, decision("C", literal("3"))));

    expect(model.diagnostics.map((found) => found.message)).toEqual([expect.stringContaining(message)]);
    expect(ask(model, "C").value).toBe(3);
  });
});

describe("decisions that require others", () => {
  it("evaluates what is required first, each once", () => {
    const model = compileModel(
      definitions(
        inputData("x", "number"),
        decision("A", literal("x + 1"), { requires: ["x"] }),
        decision("B", literal("A * 2"), { decisions: ["A"] }),
        decision("C", literal("A + B"), { decisions: ["A", "B"] }),
      ),
    );

    expect(model.diagnostics).toEqual([]);
    expect(ask(model, "C", { x: 1 }).value).toBe(6);
    const { trace } = model.decisions.get("C")?.evaluateWithTrace({ x: 1 }) ?? {};
    expect(trace?.steps.map(({ name }) => name)).toEqual(["x", "A", "B", "C"]);
  });

  it("tells what cells and expressions read, but neither functions nor what those name their parameters", () => {
    const model = compileModel(
      definitions(
        inputData("x", "number"),
        inputData("limit", "number"),
        `<businessKnowledgeModel id="twice" name="twice"><variable name="twice"/><encapsulatedLogic>
         <formalParameter name="x" typeRef="number"/>${literal("x * 2")}</encapsulatedLogic></businessKnowledgeModel>`,
        decision("Doubled", literal("twice(limit) + 1"), { requires: ["limit"], knows: ["twice"] }),
        decision("Band", table({ inputs: ["x: number"], rows: [`< limit | "low"`, `>= limit | "high"`] }), {
          requires: ["x", "limit"],
        }),
      ),
    );
    const readBy = (name: string) =>
      model.decisions.get(name)?.evaluateWithTrace({ x: 1, limit: 5 }).trace.read;

    expect(readBy("Doubled")).toEqual([{ path: "limit", value: 5 }]);
    expect(readBy("Band")).toEqual([
      { path: "x", value: 1 },
      { path: "limit", value: 5 },
    ]);
  });

  it("reports decisions that require each other and answers null for them", () => {
    const model = compileModel(
      definitions(
        decision("A", literal("B"), { decisions: ["B"] }),
        decision("B", literal("A"), { decisions: ["A"] }),
        decision("C", literal("1")),
      ),
    );

    expect(model.diagnostics).toContainEqual(expect.objectContaining({ code: "cycle", severity: "error" }));
    expect(ask(model, "A").value).toBeNull();
    expect(ask(model, "C").value).toBe(1);
  });

  it("reports a requirement of something that does not exist, with its place", () => {
    const model = compileModel(definitions(decision("A", literal("1"), { requires: ["nobody"] })));

    expect(model.diagnostics).toEqual([
      {
        severity: "error",
        code: "reference",
        message: 'there is no element "nobody"',
        element: "A",
        file: "model.dmn",
        line: 4,
        column: 1,
      },
    ]);
  });

  it("reports a name that is not required, at its line and column", () => {
    const model = compileModel(
      definitions(
        inputData("spend", "number"),
        decision("A", literal("1 +\n  spent"), { requires: ["spend"] }),
      ),
      { file: "a.dmn" },
    );

    const expected = 'did you mean "spend"? a declared name';
    expect(model.diagnostics).toMatchObject([
      { code: "expression", message: "unknown name `spent`", file: "a.dmn", line: 9, column: 3, expected },
    ]);
  });
});

describe("functions and services", () => {
  const bkm = (name: string, parameters: string, body: string, knows = ""): string =>
    `<businessKnowledgeModel id="${name}" name="${name}"><variable name="${name}"/>
     <encapsulatedLogic>${parameters}${body}</encapsulatedLogic>${knows}</businessKnowledgeModel>`;

  it("calls a BKM by position, by name and by a boxed invocation", () => {
    const parameters = `<formalParameter name="a" typeRef="number"/><formalParameter name="b" typeRef="number"/>`;
    const boxed = `<invocation>${literal("less")}
      <binding><parameter name="b"/>${literal("1")}</binding><binding><parameter name="a"/>${literal("5")}</binding></invocation>`;
    const model = compileModel(
      definitions(
        bkm("less", parameters, literal("a - b")),
        decision("P", literal("less(5, 1)"), { knows: ["less"] }),
        decision("N", literal("less(b: 1, a: 5)"), { knows: ["less"] }),
        decision("I", boxed, { knows: ["less"] }),
        decision("W", literal(`less("5", 1)`), { knows: ["less"] }),
      ),
    );

    expect(["P", "N", "I"].map((name) => ask(model, name).value)).toEqual([4, 4, 4]);
    expect(ask(model, "W")).toMatchObject({ value: null, warnings: [{ code: "coercion", element: "W" }] });
    expect(model.bkms.get("less")?.evaluate({ a: 3, b: 2 })).toBe(1);
  });

  it("stops a BKM that calls itself without end", () => {
    const parameters = `<formalParameter name="n" typeRef="number"/>`;
    const model = compileModel(
      definitions(
        bkm("down", parameters, literal("down(n + 1)")),
        decision("D", literal("down(1)"), { knows: ["down"] }),
      ),
    );

    expect(() => ask(model, "D")).toThrow(FeelLimitError);
  });

  it("bounds what a BKM that calls itself may take in all", () => {
    const model = compileModel(
      definitions(
        bkm(
          "fib",
          `<formalParameter name="n" typeRef="number"/>`,
          literal("if n < 2 then n else fib(n - 1) + fib(n - 2)"),
        ),
        decision("D", literal("fib(12)"), { knows: ["fib"] }),
      ),
    );
    const evaluate = (steps: number) => model.decisions.get("D")?.evaluate({}, { limits: { steps } });

    expect(evaluate(100_000)).toBe(144);
    expect(() => evaluate(100)).toThrow(FeelLimitError);
  });

  it("says that functions in Java are not supported, and answers null", () => {
    const model = compileModel(
      definitions(
        `<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic kind="Java"><context>
         <contextEntry><variable name="class"/>${literal(`"java.lang.Math"`)}</contextEntry></context></encapsulatedLogic>
         </businessKnowledgeModel>`,
        decision("D", literal("f()"), { knows: ["f"] }),
      ),
    );

    expect(model.diagnostics).toMatchObject([{ code: "unsupported", severity: "warning", element: "f" }]);
    expect(ask(model, "D")).toMatchObject({ value: null, warnings: [{ code: "unsupported" }] });
  });

  it("answers a service with several outputs with a context, taking given decisions as they are", () => {
    const model = compileModel(
      definitions(
        inputData("x", "number"),
        decision("A", literal("x + 1"), { requires: ["x"] }),
        decision("B", literal("A * 2"), { decisions: ["A"] }),
        `<decisionService id="S" name="S"><variable name="S"/><outputDecision href="#A"/><outputDecision href="#B"/>
         <inputData href="#x"/></decisionService>
         <decisionService id="T" name="T"><variable name="T"/><outputDecision href="#B"/><inputDecision href="#A"/></decisionService>`,
        decision("Caller", literal("S(10).B + T(1)"), { knows: ["S", "T"] }),
      ),
    );

    expect(ask(model, "S", { x: 1 }).value).toEqual({ A: 2, B: 4 });
    expect(ask(model, "T", { A: 100 }).value).toBe(200);
    expect(ask(model, "Caller").value).toBe(24);
  });
});
