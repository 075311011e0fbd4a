import { describe, expect, it } from "vitest";
import { compileModel, decisionFunctions, type TableTrace } from "#dmn/index.ts";
import { compile, contextOf, NUMBER, newContext } from "#feel/index.ts";
import { decision, definitions, inputData, literal, table } from "./support/models.ts";

const CUSTOMER = `<itemDefinition name="tCustomer"><itemComponent name="spend"><typeRef>number</typeRef></itemComponent></itemDefinition>`;

const model = compileModel(
  definitions(
    CUSTOMER,
    inputData("customer", "tCustomer"),
    inputData("basket", "number"),
    decision(
      "Loyalty Band",
      table({ inputs: ["customer.spend: number"], rows: [`>= 1000 | "gold"`, `< 1000 | "basic"`] }),
      { requires: ["customer"], typeRef: "string" },
    ),
    decision("Discount", literal(`if Loyalty Band = "gold" then basket * 0.1 else 0`), {
      requires: ["basket"],
      decisions: ["Loyalty Band"],
      typeRef: "number",
    }),
  ),
);

describe("decisions in rules", () => {
  it("can be called as functions, by position and by name", () => {
    const { types, values } = decisionFunctions(model);
    const scope = { ...types, customer: contextOf({ spend: NUMBER }) };
    const context = Object.assign(newContext(), values, { customer: { spend: 2000 } });

    expect(compile("Loyalty Band(customer)", scope).evaluate(context)).toBe("gold");
    expect(compile("Discount(basket: 50, customer: customer)", scope).evaluate(context)).toBe(5);
    expect(compile("Loyalty Band(customer)", scope).type).toEqual({ kind: "string" });
  });

  it("tell the caller what went wrong inside of them", () => {
    const { types, values } = decisionFunctions(model);
    const messages: string[] = [];
    const environment = { onWarning: ({ message }: { message: string }) => messages.push(message) };

    expect(compile(`Discount({spend: 2000}, "50")`, types).evaluate(values, environment)).toBeNull();
    expect(messages.join()).toContain("basket");
  });

  it("tell whoever listens which rows of which tables matched, behind other decisions and within functions, too", () => {
    const within = `<businessKnowledgeModel id="Rate" name="Rate"><variable name="Rate"/><encapsulatedLogic>
<formalParameter name="spend" typeRef="number"/>
${table({ inputs: ["spend: number"], rows: ["< 10 | 1", "- | 2"], hitPolicy: "FIRST" }).replace("<decisionTable", '<decisionTable id="rates"')}
</encapsulatedLogic></businessKnowledgeModel>`;
    const rated = compileModel(definitions(within), { file: "rates.dmn" });
    const heard: (readonly unknown[])[] = [];
    const listen = ({ file, decision: of, id, matchedRows }: TableTrace): void => {
      heard.push([file, of, id, matchedRows]);
    };
    const { types, values } = decisionFunctions(model, listen);
    const rates = decisionFunctions(rated, listen);

    expect(compile("Discount(basket: 50, customer: {spend: 2000})", types).evaluate(values)).toBe(5);
    expect(compile("Rate(50)", rates.types).evaluate(rates.values)).toBe(2);
    expect(heard).toEqual([
      ["model.dmn", "Loyalty Band", undefined, [1]],
      ["rates.dmn", "Rate", "rates", [2]],
    ]);
  });
});
