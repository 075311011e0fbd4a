import { describe, expect, it } from "vitest";
import { compileModel } from "#dmn/index.ts";
import { ask } from "../support/ask.ts";
import { decision, definitions, inputData, literal } from "../support/models.ts";

describe("types of a model", () => {
  const types = `<itemDefinition name="tTier"><typeRef>string</typeRef><allowedValues><text>"gold", "basic"</text></allowedValues></itemDefinition>
    <itemDefinition name="tCustomer"><itemComponent name="tier"><typeRef>tTier</typeRef></itemComponent>
      <itemComponent name="orders" isCollection="true"><typeRef>number</typeRef></itemComponent></itemDefinition>
    <itemDefinition name="tFew" isCollection="true"><typeRef>number</typeRef><typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>`;
  const model = compileModel(
    definitions(
      types,
      inputData("customer", "tCustomer"),
      inputData("few", "tFew"),
      decision("Tier", literal("customer.tier"), { requires: ["customer"], typeRef: "tTier" }),
      decision("Sum", literal("sum(customer.orders)"), { requires: ["customer"] }),
      decision("Count", literal("count(few)"), { requires: ["few"] }),
    ),
  );

  it("lets through what fits the type", () => {
    expect(ask(model, "Tier", { customer: { tier: "gold", orders: [1, 2] } })).toEqual({
      value: "gold",
      warnings: [],
    });
    expect(ask(model, "Sum", { customer: { tier: "gold", orders: [1, 2] } }).value).toBe(3);
  });

  it.each([
    ["a value that is not allowed", { tier: "silver", orders: [] }],
    ["an entry of the wrong type", { tier: "gold", orders: ["1"] }],
    ["a missing entry", { tier: "gold" }],
  ])("makes a context with %s null, with a warning", (_, customer) => {
    const { value, warnings } = ask(model, "Tier", { customer });

    expect(value).toBeNull();
    expect(warnings[0]?.element).toBe("customer");
  });

  it("applies a type constraint to the whole list", () => {
    expect(ask(model, "Count", { few: [1, 2] }).value).toBe(2);
    expect(ask(model, "Count", { few: [1, 2, 3] }).warnings[0]?.code).toBe("allowed-values");
  });

  it("gives a function null for an argument that is not among the allowed values of its parameter", () => {
    const few = `<itemDefinition name="N"><typeRef>number</typeRef><allowedValues><text>[1..5]</text></allowedValues></itemDefinition>`;
    const echo = `<businessKnowledgeModel id="f" name="f"><variable name="f"/><encapsulatedLogic>
      <formalParameter name="x" typeRef="N"/>${literal("x")}</encapsulatedLogic></businessKnowledgeModel>`;
    const calls = decision("D", literal("[f(5), f(9), f(null)]"), { knows: ["f"] });
    const { value, warnings } = ask(compileModel(definitions(few, echo, calls)), "D");

    expect(value).toEqual([5, null, null]);
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([["allowed-values", 4]]);
  });

  it("takes the type that some editors write for none as none", () => {
    const model = compileModel(
      definitions(
        inputData("x", "&lt;Undefined&gt;"),
        decision("D", literal("x"), { requires: ["x"], typeRef: "&lt;Undefined&gt;" }),
      ),
    );

    expect(model.diagnostics).toEqual([]);
    expect(ask(model, "D", { x: 1 }).value).toBe(1);
  });

  it("survives types that contain themselves and types that grow without end", () => {
    const doubling = Array.from({ length: 40 }, (_, index) => {
      const next = index === 39 ? "number" : `t${index + 1}`;
      return `<itemDefinition name="t${index}"><itemComponent name="a"><typeRef>${next}</typeRef></itemComponent>
        <itemComponent name="b"><typeRef>${next}</typeRef></itemComponent></itemDefinition>`;
    });
    const self = `<itemDefinition name="tNode"><itemComponent name="children" isCollection="true"><typeRef>tNode</typeRef></itemComponent></itemDefinition>`;
    const grown = compileModel(
      definitions(
        ...doubling,
        self,
        inputData("x", "t0"),
        decision("D", literal("x.a.b"), { requires: ["x"] }),
      ),
    );

    expect(grown.diagnostics.some(({ message }) => message.includes("parts"))).toBe(true);
  });
});
