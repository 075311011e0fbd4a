import { describe, expect, it } from "vitest";
import { compileModel } from "#dmn/index.ts";
import { ask } from "../support/ask.ts";
import { findings } from "../support/findings.ts";
import { decision, definitions, inputData, table } from "../support/models.ts";

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
      "unreachable: row 4 never matches: no value of spend fits its cells",
      "unreachable: row 3 never decides: the rows above cover all its cases",
    ]);
  });

  it("names the input where two cells about it exclude each other", () => {
    const found = findings({
      inputs: ["spend: number", "spend: number"],
      rows: ["< 5 | > 10 | 1", "- | - | 2"],
    });

    expect(found.map(({ message }) => message)).toEqual([
      "row 1 never matches: no value of spend fits its cells",
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

  it("says of no row that it never matches where cells of one column are about values of different kinds", () => {
    const rows = [`1 | "one"`, `"a" | "text"`];
    const model = compileModel(
      definitions(inputData("x"), decision("D", table({ inputs: ["x"], rows }), { requires: ["x"] })),
    );

    expect(ask(model, "D", { x: "a" }).value).toBe("text");
    expect(model.diagnostics).toEqual([]);
  });

  it("sees columns about the same input as conditions of one value", () => {
    const inputs = ["spend: number", "spend: number"];
    const found = (...rows: string[]) => findings({ inputs, rows }).map(({ message }) => message);

    expect(found(">= 0 | < 10 | 1", "- | >= 10 | 2", "< 0 | - | 3")).toEqual([]);
    expect(found(">= 0 | < 10 | 1", "- | > 10 | 2", "< 0 | - | 3")).toEqual(["no row covers spend = 10"]);
  });

  it("gives cells that must be evaluated the benefit of the doubt", () => {
    const rows = [`"gold" | even(?) | 1`, `"gold" | - | 2`, `"silver", "basic" | - | 3`];

    expect(findings({ inputs: ["tier: tTier", "spend: number"], rows })).toEqual([]);
  });
});
