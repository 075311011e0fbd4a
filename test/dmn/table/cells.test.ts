import { describe, expect, it } from "vitest";
import { compileModel } from "#dmn/index.ts";
import { findings, TIERS } from "../support/findings.ts";
import { decision, definitions, inputData, table } from "../support/models.ts";

describe("cells of a decision table", () => {
  it("reports an output that is not among those listed, or of another type", () => {
    const rows = [`"gold" | "a"`, `"silver" | "c"`, `"basic" | 1`];
    const found = findings({
      inputs: ["tier: tTier"],
      outputs: ["result: string"],
      outputValues: `"a", "b"`,
      rows,
    });

    expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      `table: "c" is no output of this column, expected "a" or "b"`,
      "table: 1 is no output of this column, expected a string",
    ]);
  });

  it.each([
    ["[0..120]", "30", "130"],
    ['not("a")', '"b"', '"a"'],
    ["string length(?) = 1", '"b"', '"ab"'],
  ])("tests outputs against output values %s, listed or not", (outputValues, right, wrong) => {
    const rows = [`"gold" | ${right}`, `"silver", "basic" | ${wrong}`];
    const found = findings({ inputs: ["tier: tTier"], outputValues, rows });

    expect(found.map(({ message }) => message)).toEqual([`${wrong} is no output of this column`]);
    expect(findings({ inputs: ["tier: tTier"], outputValues: "-", rows })).toEqual([]);
  });

  it("tests outputs against the allowed values of their type, whatever the form of those", () => {
    const type = `<itemDefinition name="tOther"><typeRef>string</typeRef><allowedValues><text>not("a")</text></allowedValues></itemDefinition>`;
    const logic = table({
      inputs: ["tier: tTier"],
      outputs: ["result: tOther"],
      rows: [`"gold" | "b"`, `not("gold") | "a"`],
    });
    const model = definitions(
      TIERS,
      type,
      inputData("tier", "tTier"),
      decision("D", logic, { requires: ["tier"] }),
    );

    expect(compileModel(model).diagnostics.map(({ message }) => message)).toEqual([
      '"a" is no output of this column',
    ]);
  });

  it.each([
    ["x", "x < 5", ["the input is compared with this: a condition about it says `?`"]],
    ["x: number", "x < 5", ["the input is a number, never a boolean"]],
    ["x: boolean", "n < 5", []],
    ["x", "? < 5", []],
    ["x", "flag", []],
    ["x", "true", []],
  ])("tells of a formula without its input: in column %s the cell %s", (column, cell, expected) => {
    const requires = ["x", "n", "flag"];
    const logic = table({ inputs: [column], rows: [`${cell} | 1`], defaultOutput: "2" });
    const inputs = [inputData("x"), inputData("n", "number"), inputData("flag", "boolean")];
    const model = compileModel(definitions(...inputs, decision("D", logic, { requires })), {
      analyse: false,
    });

    expect(model.diagnostics.map(({ message }) => message)).toEqual(expected);
  });
});
