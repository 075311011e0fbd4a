import { describe, expect, it } from "vitest";
import { compileModel, decisionFunctions } from "#dmn/index.ts";
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
});
