import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CompiledModel, compileModel } from "#dmn/index.ts";
import { fromJson, toJson } from "#feel/index.ts";

const FOLDER = join(import.meta.dirname, "vendors");

/** A decision, what it is given, and what it answers. */
type Case = readonly [decision: string, inputs: Readonly<Record<string, unknown>>, answer: unknown];

function modelOf(file: string): CompiledModel {
  return compileModel(readFileSync(join(FOLDER, `${file}.dmn`), "utf8"), { file });
}

function answersOf(file: string, cases: readonly Case[]): unknown[] {
  const { decisions } = modelOf(file);
  return cases.map(([decision, inputs]) => {
    const given = Object.entries(inputs).map(([name, value]) => [name, fromJson(value)]);
    return toJson(decisions.get(decision)?.evaluate(Object.fromEntries(given)) ?? null);
  });
}

const findingsOf = (file: string): string[] =>
  modelOf(file).diagnostics.map(({ severity, message, expected }) =>
    [`${severity}: ${message}`, expected].filter(Boolean).join(" -> "),
  );

const ANSWERS: Readonly<Record<string, readonly Case[]>> = {
  "camunda7-no-input-data": [
    ["Shipping", { weight: 5, express: false }, 4.5],
    ["Shipping", { weight: 5, express: true }, 9.5],
    ["Shipping", { weight: 6, express: true }, 12],
  ],
  "camunda7-drg": [
    ["Menu", { temperature: 5, weekday: true }, "Stew"],
    ["Menu", { temperature: 5, weekday: false }, "Roast"],
    ["Menu", { temperature: 20, weekday: false }, "Salad"],
  ],
  "camunda7-blank-language": [
    ["Tier", { points: 99 }, "basic"],
    ["Tier", { points: 100 }, "gold"],
  ],
  "camunda7-collect-count": [
    ["Badges", { orders: 3 }, 1],
    ["Badges", { orders: 0 }, 0],
  ],
  "camunda8-nested-input": [
    ["Risk", { customer: { age: 20, country: "NL" } }, "high"],
    ["Risk", { customer: { age: 30, country: "DE" } }, "low"],
    ["Risk", { customer: { age: 30, country: "US" } }, "medium"],
  ],
  "camunda8-literal": [["Total", { net: 100 }, 120]],
  "trisotech-typed": [
    ["Loan Status", { Age: 18 }, "approved"],
    ["Loan Status", { Age: 17 }, "declined"],
  ],
  "trisotech-knowledge": [
    ["Total Price", { "Unit Price": 20, "Item Count": 5 }, 90],
    ["Total Price", { "Unit Price": 20, "Item Count": 4 }, 80],
  ],
  "kogito-traffic": [
    [
      "Fine",
      { Violation: { Type: "speed", "Actual Speed": 120, "Speed Limit": 100 } },
      { Amount: 500, Points: 3 },
    ],
    [
      "Fine",
      { Violation: { Type: "parking", "Actual Speed": 0, "Speed Limit": 50 } },
      { Amount: 100, Points: 1 },
    ],
  ],
  "kogito-context": [["Instalment", { Loan: { amount: 10000, rate: 0.06, years: 2 } }, 443.21]],
  "redhat-circular-types": [["Greeting", { Person: { name: "Ada", employer: null } }, "Dear Ada"]],
  "flowable-discount": [
    ["Discount", { customerType: "business", orderSize: 10 }, 10],
    ["Discount", { customerType: "private", orderSize: 10 }, 0],
  ],
  "signavio-eligibility": [
    ["Eligibility", { age: 17 }, "too young"],
    ["Eligibility", { age: 67 }, "eligible"],
    ["Eligibility", { age: 68 }, "too old"],
  ],
  "omg-prefixed-types": [
    ["pass", { score: 50 }, true],
    ["pass", { score: 101 }, null],
  ],
  "bpmnio-list-policy": [
    ["Offers", { total: 25 }, ["free shipping"]],
    ["Offers", { total: 5 }, []],
  ],
};

const reads = (...names: readonly string[]): string =>
  `warning: without <inputData> the inputs are what expressions read: ${names.map((name) => `"${name}"`).join(", ")}`;

/** What is told of each file; nothing of the others. */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  "bpmnio-list-policy": [reads("total")],
  "camunda7-blank-language": [reads("points")],
  "camunda7-collect-count": [reads("orders")],
  "camunda7-drg": [reads("temperature", "weekday")],
  "camunda7-empty-input": [
    reads("points"),
    "error: the column has no expression -> what its cells are about, such as age",
    "warning: no row covers  = any other text",
  ],
  "camunda7-groovy": [
    'error: expressions in "groovy" are not supported: only FEEL is -> if score > 80 then "A" else "B"',
  ],
  "camunda7-javascript": ['error: expressions in "javascript" are not supported: only FEEL is'],
  "camunda7-juel": [
    reads("age"),
    'error: expressions in "juel" are not supported: only FEEL is -> ? >= 18 and ? < 65',
    'error: expressions in "juel" are not supported: only FEEL is',
  ],
  "camunda7-no-input-data": [reads("weight", "express")],
  "camunda8-literal": [reads("net")],
  "camunda8-nested-input": [reads("customer")],
  "flowable-discount": [
    reads("customerType", "orderSize"),
    "warning: no row covers customerType = any other text",
  ],
  "flowable-equals": [reads("customerType"), "error: `==` is no comparison -> ="],
  "flowable-expression": [
    reads("amount"),
    'error: unexpected "," -> a decimal point, and nothing between thousands: 1234.5',
    'error: expressions in "juel" are not supported: only FEEL is -> amount * 0.02',
  ],
  "kogito-traffic": [
    'warning: no row covers Violation.Type = "speed", Violation.Actual Speed - Violation.Speed Limit = 9',
    "warning: no row covers Violation.Type = any other text",
  ],
  "redhat-circular-types": ['warning: the type "tPerson" contains itself (tPerson > tCompany > tPerson)'],
  "redhat-missing-arrow": [
    'error: unknown name `Age` -> an arrow from it: "Age" is in the model, but not required here',
  ],
};

describe("models as the editors of different vendors write them", () => {
  const files = readdirSync(FOLDER).map((name) => name.replace(/\.dmn$/, ""));

  it("are twenty and more", () => {
    expect(files.length).toBeGreaterThanOrEqual(20);
    expect(files).toEqual(expect.arrayContaining([...Object.keys(ANSWERS), ...Object.keys(FINDINGS)]));
  });

  it.each(Object.entries(ANSWERS))("are answered: %s", (file, cases) => {
    expect(answersOf(file, cases)).toEqual(cases.map(([, , answer]) => answer));
  });

  it.each(files)("are understood, or what is not is told in a sentence: %s", (file) => {
    expect(findingsOf(file)).toEqual(FINDINGS[file] ?? []);
  });
});
