import { describe, expect, it } from "vitest";
import { compileModel } from "#dmn/index.ts";
import { decision, definitions, inputData, literal, table } from "../support/models.ts";

const TYPES = `<itemDefinition name="tTier"><typeRef>string</typeRef><allowedValues><text>"gold", "basic"</text></allowedValues></itemDefinition>
  <itemDefinition name="tAge"><typeRef>number</typeRef><allowedValues><text>[0..120]</text></allowedValues></itemDefinition>
  <itemDefinition name="tCustomer"><itemComponent name="tier"><typeRef>tTier</typeRef></itemComponent>
    <itemComponent name="age"><typeRef>tAge</typeRef></itemComponent></itemDefinition>`;

/** What is found about a table over the column in each place where a name can come from. */
function findings(column: string, rows: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const logic = table({ inputs: [column], rows });
  const knowledge = `<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic>
    <formalParameter name="customer" typeRef="tCustomer"/><formalParameter name="tier" typeRef="tTier"/>${logic}</encapsulatedLogic></businessKnowledgeModel>`;
  const places = {
    "input data": [
      inputData("customer", "tCustomer"),
      inputData("tier", "tTier"),
      decision("D", logic, { requires: ["customer", "tier"] }),
    ],
    decisions: [
      decision("customer", literal('{tier: "gold", age: 1}'), { typeRef: "tCustomer" }),
      decision("tier", literal('"gold"'), { typeRef: "tTier" }),
      decision("D", logic, { decisions: ["customer", "tier"] }),
    ],
    parameters: [knowledge],
    "context entries": [
      decision(
        "D",
        `<context><contextEntry><variable name="customer" typeRef="tCustomer"/>${literal("null")}</contextEntry>
         <contextEntry><variable name="tier" typeRef="tTier"/>${literal("null")}</contextEntry>
         <contextEntry>${logic}</contextEntry></context>`,
      ),
    ],
  };
  return Object.fromEntries(
    Object.entries(places).map(([place, elements]) => [
      place,
      compileModel(definitions(TYPES, ...elements)).diagnostics.map(({ message }) => message),
    ]),
  );
}

const everywhere = (...messages: string[]) => ({
  "input data": messages,
  decisions: messages,
  parameters: messages,
  "context entries": messages,
});

describe("allowed values in the analysis of a table", () => {
  it("are those of a type and of the type that it is made from", () => {
    const types = `<itemDefinition name="tAbove"><typeRef>number</typeRef><allowedValues><text>> 0</text></allowedValues></itemDefinition>
      <itemDefinition name="tBetween"><typeRef>tAbove</typeRef><allowedValues><text>&lt; 100</text></allowedValues></itemDefinition>`;
    const found = (...rows: string[]) =>
      compileModel(
        definitions(
          types,
          inputData("x", "tBetween"),
          decision("D", table({ inputs: ["x"], rows }), { requires: ["x"] }),
        ),
      ).diagnostics.map(({ code }) => code);

    expect(found("(0..50) | 1", "[50..100) | 2")).toEqual([]);
    expect(found("(0..50) | 1", "(50..100) | 2")).toEqual(["gap"]);
    expect(found("(0..100) | 1", "<= 0 | 2")).toEqual(["unreachable"]);
  });

  it.each([
    ["tier", [`"gold" | 1`, `"basic" | 2`]],
    ["customer.tier", [`"gold" | 1`, `"basic" | 2`]],
    ["customer.tier: string", [`"gold" | 1`, `"basic" | 2`]],
    ["customer.age", ["< 18 | 1", "[18..120] | 2"]],
  ])("end the cases of %s, wherever the name comes from", (column, rows) => {
    expect(findings(column, rows)).toEqual(everywhere());
  });

  it.each(["tier", "customer.tier"])("tell that a row about %s asks for what is not among them", (column) => {
    const rows = [`"gold" | 1`, `"bronze" | 2`, `"basic" | 3`];
    const message = `row 2 never matches: ${column} never has the value in its cell`;

    expect(findings(column, rows)).toEqual(everywhere(message));
  });

  it("are those of the innermost name", () => {
    const rows = [`"gold" | 1`, `"basic" | 2`];
    const inner = `<for iteratorVariable="tier"><in>${literal('["x"]')}</in><return>${table({ inputs: ["tier"], rows })}</return></for>`;
    const model = definitions(
      TYPES,
      inputData("tier", "tTier"),
      decision("D", inner, { requires: ["tier"] }),
    );

    expect(compileModel(model).diagnostics.map(({ message }) => message)).toEqual([
      "no row covers tier = any other text",
    ]);
  });
});
