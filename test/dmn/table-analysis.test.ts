import { describe, expect, it } from "vitest";
import { compileModel, type DmnDiagnostic } from "../../shared/dmn/index.ts";
import { ask } from "./ask.ts";
import { decision, definitions, inputData, type TableOptions, table } from "./models.ts";

const TIERS = `<itemDefinition name="tTier"><typeRef>string</typeRef>
<allowedValues><text>"gold", "silver", "basic"</text></allowedValues></itemDefinition>`;

/** What is found about a table over `tier` (one of three), `spend` (a number) and `since` (a date). */
function findings(options: TableOptions): readonly DmnDiagnostic[] {
  return compileModel(
    definitions(
      TIERS,
      inputData("tier", "tTier"),
      inputData("spend", "number"),
      inputData("since", "date"),
      inputData("wait", "days and time duration"),
      inputData("at", "time"),
      decision("Offer", table(options), { requires: ["tier", "spend", "since", "wait", "at"] }),
    ),
    { file: "offer.dmn" },
  ).diagnostics;
}

describe("analysis of a decision table", () => {
  it("finds nothing in a table that covers every case once", () => {
    const rows = [`"gold" | - | 1`, `not("gold") | >= 100 | 2`, `"silver", "basic" | < 100 | 3`];

    expect(findings({ inputs: ["tier: tTier", "spend: number"], rows })).toEqual([]);
  });

  it("reports a gap with an input that falls into it", () => {
    const found = findings({
      inputs: ["tier: tTier", "spend: number"],
      rows: [`"gold" | - | 1`, `"silver" | > 100 | 2`, `"silver" | < 100 | 3`, `"basic" | - | 4`],
    });

    expect(found).toMatchObject([
      {
        severity: "warning",
        code: "gap",
        element: "Offer",
        file: "offer.dmn",
        example: { tier: '"silver"', spend: "100" },
      },
    ]);
    expect(found[0]?.message).toBe('no row covers tier = "silver", spend = 100');
  });

  it("knows that between two days there is no other, but between two numbers there is", () => {
    const days = findings({
      inputs: ["since: date"],
      rows: [`<= @"2025-01-01" | 1`, `>= @"2025-01-02" | 2`],
    });
    const numbers = findings({ inputs: ["spend: number"], rows: ["<= 1 | 1", ">= 2 | 2"] });

    expect(days).toEqual([]);
    expect(numbers.map(({ example }) => example)).toEqual([{ spend: "1.5" }]);
  });

  it("reports texts that no row names, where the type does not list its values", () => {
    const model = compileModel(
      definitions(
        inputData("country", "string"),
        decision("D", table({ inputs: ["country: string"], rows: [`"NL" | 1`] }), { requires: ["country"] }),
      ),
    );

    expect(model.diagnostics.map(({ message }) => message)).toEqual([
      "no row covers country = any other text",
    ]);
  });

  it("asks for no cover where there is a default output, or where no hit is an answer", () => {
    const rows = [`"gold" | 1`];

    expect(findings({ inputs: ["tier: tTier"], defaultOutput: "0", rows })).toEqual([]);
    expect(findings({ inputs: ["tier: tTier"], hitPolicy: "COLLECT", rows })).toEqual([]);
  });

  it("reports rows that overlap under UNIQUE, at the later row, with an input that both match", () => {
    const found = findings({
      inputs: ["tier: tTier", "spend: number"],
      rows: [`"gold" | - | 1`, `- | >= 100 | 2`, `not("gold") | < 100 | 3`],
    });

    expect(found).toMatchObject([{ code: "overlap", example: { tier: '"gold"', spend: "100" } }]);
    expect(found[0]?.message).toContain("rows 1 and 2");
    expect(found[0]?.line).toBeGreaterThan(10);
  });

  it("shows some of many overlaps and counts the rest", () => {
    const rows = Array.from({ length: 40 }, (_, row) => `[${row}..${row + 100}] | ${row}`);
    const overlaps = findings({ inputs: ["spend: number"], rows }).filter(({ code }) => code === "overlap");

    expect(overlaps).toHaveLength(11);
    expect(overlaps.at(-1)?.message).toBe(`${(40 * 39) / 2 - 10} more pairs of rows overlap`);
  });

  it("says so where a table is too large to look at all of it", () => {
    const rows = Array.from(
      { length: 1_500 },
      (_, row) => `[${row}..${row + 2_000}] | [${row}..${row + 2_000}] | ${row}`,
    );
    const found = findings({ inputs: ["spend: number", "spend + 1: number"], rows });

    expect(found.map(({ message }) => message)).toContainEqual(expect.stringContaining("too large"));
  });

  it("reports overlaps under ANY only where the outputs differ", () => {
    const inputs = ["tier: tTier"];

    expect(findings({ hitPolicy: "ANY", inputs, rows: [`"gold" | 1`, `- | 1`] })).toEqual([]);
    expect(findings({ hitPolicy: "ANY", inputs, rows: [`"gold" | 1`, `- | 2`] })).toMatchObject([
      { code: "overlap" },
    ]);
  });

  it("reports rows that never decide: covered from above, or with a cell that accepts nothing", () => {
    const found = findings({
      hitPolicy: "FIRST",
      inputs: ["tier: tTier", "spend: number"],
      rows: [
        `"gold" | < 100 | 1`,
        `"gold" | >= 50 | 2`,
        `"gold" | [30..70] | 3`,
        `- | [5..1] | 4`,
        `- | - | 5`,
      ],
    });

    expect(found.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "unreachable: row 4 never matches: one of its cells accepts no value",
      "unreachable: row 3 never decides: the rows above cover all its cases",
    ]);
  });

  it("knows how long days and hours are, and how they follow each other", () => {
    const findIn = (rows: readonly string[]) => findings({ inputs: [`wait: days and time duration`], rows });

    expect(findIn([`< @"P1D" | 1`, `[@"PT24H"..@"P2D") | 2`, `>= @"PT48H" | 3`])).toEqual([]);
    expect(findIn([`<= @"PT1S" | 1`, `>= @"PT2S" | 2`])).toMatchObject([
      { code: "gap", example: { wait: 'duration("PT1.5S")' } },
    ]);
    expect(findIn([`<= @"P1D" | 1`, `>= @"PT24H" | 2`])).toMatchObject([{ code: "overlap" }]);
  });

  it("says so where it cannot look, because values of a column are only told apart by evaluating", () => {
    const rows = [`< @"12:00:00" | 1`, `> @"12:00:00" | 2`];

    expect(findings({ inputs: ["at: time"], rows })).toMatchObject([
      { code: "table", severity: "warning", message: expect.stringContaining('"at"') },
    ]);
  });

  it("reports a cell that none of the listed values fits", () => {
    const inputs = ["tier: tTier"];
    const rows = [`"glod" | 1`, `"gold" | 2`, `"silver", "basic" | 3`];

    expect(findings({ inputs, rows })).toMatchObject([
      { code: "unreachable", message: "row 1 never matches: tier never has the value in its cell" },
    ]);
  });

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

  it("says of no row that it never matches where cells of one column are about values of different kinds", () => {
    const rows = [`1 | "one"`, `"a" | "text"`];
    const model = compileModel(
      definitions(inputData("x"), decision("D", table({ inputs: ["x"], rows }), { requires: ["x"] })),
    );

    expect(ask(model, "D", { x: "a" }).value).toBe("text");
    expect(model.diagnostics).toEqual([]);
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

  it("gives cells that must be evaluated the benefit of the doubt", () => {
    const rows = [`"gold" | even(?) | 1`, `"gold" | - | 2`, `"silver", "basic" | - | 3`];

    expect(findings({ inputs: ["tier: tTier", "spend: number"], rows })).toEqual([]);
  });
});
