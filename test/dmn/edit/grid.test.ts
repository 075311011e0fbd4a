import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileModel, type Grid, type GridRow, readGrids, writeGrid } from "#dmn/index.ts";
import { RETAIL_FOLDER } from "../../support/playbook/retail.ts";

const DISCOUNT = readFileSync(join(RETAIL_FOLDER, "decisions/discount.dmn"), "utf8");

/** What modellers write: prefixes, ids of cells, CDATA, comments, CRLF, one line for all, annotations, a diagram. */
const CAMUNDA = `<?xml version="1.0" encoding="UTF-8"?>\r
<dmn:definitions xmlns:dmn="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" namespace="n" name="m" id="m">\r
  <dmn:decision id="d" name="D &amp; E">\r
    <dmn:decisionTable id="t" hitPolicy="FIRST">\r
      <dmn:input id="i1" label="Tier"><dmn:inputExpression id="e1" typeRef="string"><dmn:text>tier</dmn:text></dmn:inputExpression></dmn:input>\r
      <dmn:output id="o1" name="offer" typeRef="string"/>\r
      <dmn:annotation name="Why"/>\r
      <!-- those who are with us longest -->\r
      <dmn:rule id="DecisionRule_1" camunda:note="kept"><dmn:inputEntry id="c1"><dmn:text><![CDATA["gold"]]></dmn:text></dmn:inputEntry><dmn:outputEntry id="c2"><dmn:text>"a &lt; b"</dmn:text></dmn:outputEntry></dmn:rule>\r
      <dmn:rule id="DecisionRule_2">\r
        <dmn:inputEntry id="c3"><dmn:text/></dmn:inputEntry>\r
        <dmn:outputEntry id="c4"/>\r
        <dmn:annotationEntry><dmn:text>rest</dmn:text></dmn:annotationEntry>\r
      </dmn:rule>\r
    </dmn:decisionTable>\r
  </dmn:decision>\r
  <dmndi:DMNDI><dmndi:DMNDiagram id="x"/></dmndi:DMNDI>\r
</dmn:definitions>\r
`;
const EMPTY = DISCOUNT.replace(
  /<rule[\s\S]*<\/rule>\s*(?=<\/decisionTable>\s*<\/decision>\s*<decision )/,
  "",
);

const gridsOf = (text: string): readonly Grid[] => readGrids(text);
const rowsOf = (text: string, table = 0): readonly GridRow[] => gridsOf(text)[table]?.rows ?? [];
const cellsOf = (text: string, table = 0) => rowsOf(text, table).map(({ cells }) => cells);

describe("a decision table as a grid", () => {
  it("shows columns by their labels, rows with their cells, and where both stand", () => {
    const [bands, percents] = gridsOf(DISCOUNT);
    expect(bands).toMatchObject({
      decision: "Discount band",
      hitPolicy: "UNIQUE",
      columns: [
        { kind: "input", title: "Orders so far", expression: "orders", type: "number" },
        { kind: "input", title: "Spent so far, in euro", expression: "spent" },
        { kind: "output", title: "", type: "string", values: '"none", "small", "large"' },
      ],
    });
    expect(bands?.rows[2]).toEqual({ origin: 2, id: "r3", cells: ["[2..5)", "< 300", '"small"'] });
    expect(DISCOUNT.split("\n")[(bands?.lines[2] ?? 0) - 1]).toContain('<rule id="r3">');
    expect(percents?.decision).toBe("Discount percent");
    expect(cellsOf(CAMUNDA)).toEqual([
      ['"gold"', '"a < b"', ""],
      ["", "", "rest"],
    ]);
  });

  it("changes a cell and nothing else, escaped as XML needs it", () => {
    const rows = rowsOf(DISCOUNT).map((row) =>
      row.id === "r3" ? { ...row, cells: ["[2..5)", '< 200 & "x"', '"small"'] } : row,
    );
    expect(writeGrid(DISCOUNT, 0, rows)).toBe(
      DISCOUNT.replace("<text>&lt; 300</text>", '<text>&lt; 200 &amp; "x"</text>'),
    );
  });

  it("writes into cells that have no text yet, keeps CDATA, and adds an annotation where a row had none", () => {
    const rows = rowsOf(CAMUNDA).map((row, index) => ({ ...row, cells: ['"b"', "1", `why ${index}`] }));
    const written = writeGrid(CAMUNDA, 0, rows);
    expect(cellsOf(written)).toEqual([
      ['"b"', "1", "why 0"],
      ['"b"', "1", "why 1"],
    ]);
    expect(written).toContain('<![CDATA["b"]]>');
    expect(written).toContain('<dmn:outputEntry id="c4"><dmn:text>1</dmn:text></dmn:outputEntry>');
    expect(written).toContain("<!-- those who are with us longest -->\r\n");
  });

  it("adds a row as the table's other rows are laid out, with an id that is free", () => {
    const [first, ...rest] = rowsOf(DISCOUNT);
    const added: GridRow = { origin: null, id: "r1", cells: ["-", "-", '"none"'] };
    const written = writeGrid(DISCOUNT, 0, first === undefined ? [] : [first, added, ...rest]);
    const expected = `      <rule id="row_1">
        <inputEntry><text>-</text></inputEntry>
        <inputEntry><text>-</text></inputEntry>
        <outputEntry><text>"none"</text></outputEntry>
      </rule>
      <rule id="r2">`;
    expect(written).toBe(DISCOUNT.replace('      <rule id="r2">', expected));
  });

  it("fills a table that has no row, and can be emptied", () => {
    expect(rowsOf(EMPTY)).toEqual([]);
    const written = writeGrid(EMPTY, 0, [{ origin: null, cells: ["1", "2", "3"] }]);
    expect(cellsOf(written)).toEqual([["1", "2", "3"]]);
    expect(cellsOf(writeGrid(written, 0, []))).toEqual([]);
    expect(cellsOf(writeGrid(written, 0, []), 1)).toHaveLength(3);
  });

  it("moves rows with all that stands in them", () => {
    const [one, two] = rowsOf(CAMUNDA);
    const written = writeGrid(
      CAMUNDA,
      0,
      [two, one].flatMap((row) => row ?? []),
    );
    expect(rowsOf(written).map(({ id }) => id)).toEqual(["DecisionRule_2", "DecisionRule_1"]);
    expect(written).toContain('camunda:note="kept"');
  });

  it("takes ten thousand rows", () => {
    const rows = Array.from(
      { length: 10_000 },
      (_, n): GridRow => ({
        origin: null,
        cells: [`${n}`, "-", '"none"'],
      }),
    );
    const written = writeGrid(DISCOUNT, 0, rows);
    expect(rowsOf(written)).toHaveLength(10_000);
    expect(writeGrid(written, 0, rowsOf(written).toReversed().toReversed())).toBe(written);
  });
});

const texts = fc.constantFrom(DISCOUNT, CAMUNDA, EMPTY);
const cell = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom("]]>", "&amp;", "<a/>", "<!--", "\u0000", "a\r\nb", "-"),
);
type Edit = {
  readonly kind: "cell" | "add" | "remove" | "move";
  readonly row: number;
  readonly to: number;
  readonly text: string;
};
const edits = fc.array(
  fc.record<Edit>({
    kind: fc.constantFrom("cell", "add", "remove", "move"),
    row: fc.nat(20),
    to: fc.nat(20),
    text: cell,
  }),
  { maxLength: 12 },
);

const edited = (
  rows: readonly GridRow[],
  width: number,
  { kind, row, to, text }: Edit,
): readonly GridRow[] => {
  const at = rows.length === 0 ? 0 : row % rows.length;
  const place = to % (rows.length + 1);
  if (kind === "add")
    return [
      ...rows.slice(0, place),
      { origin: null, cells: Array.from({ length: width }, () => text) },
      ...rows.slice(place),
    ];
  const own = rows[at];
  if (own === undefined) return rows;
  const others = rows.filter((_, index) => index !== at);
  if (kind === "remove") return others;
  if (kind === "move") return [...others.slice(0, to % rows.length), own, ...others.slice(to % rows.length)];
  const column = to % width;
  return rows.map((one) =>
    one === own ? { ...one, cells: one.cells.map((was, index) => (index === column ? text : was)) } : one,
  );
};
/** A cell as it comes back: XML keeps no control characters, one kind of line break, and people no space around. */
const kept = (text: string): string =>
  text
    .trim()
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\t\n\r\x7f-\x9f]|\p{Cs}|[\ufffe\uffff]/gu, "")
    .trim();

const commentsIn = (text: string): readonly string[] =>
  text.replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, "").match(/<!--[\s\S]*?-->/g) ?? [];

describe("any edits of a grid", () => {
  it("written without a change give the text as it was", () => {
    for (const text of [DISCOUNT, CAMUNDA, EMPTY])
      for (const { table, rows } of gridsOf(text)) expect(writeGrid(text, table, rows)).toBe(text);
  });

  it("come back as they were made, leave everything else alone, and are taken back to the very text", () => {
    fc.assert(
      fc.property(texts, edits, (text, made) => {
        const [grid] = gridsOf(text);
        const width = grid?.columns.length ?? 0;
        const before = grid?.rows ?? [];
        const after = made.reduce((rows, edit) => edited(rows, width, edit), before);
        const written = writeGrid(text, 0, after);
        expect(cellsOf(written)).toEqual(after.map(({ cells }) => cells.map(kept)));
        const ids = rowsOf(written).map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(gridsOf(written)[1]?.rows).toEqual(gridsOf(text)[1]?.rows);
        expect(commentsIn(written)).toEqual(commentsIn(text));
        expect(writeGrid(text, 0, before)).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a gap of a table", () => {
  it("is shown beside the row that comes closest to covering it", () => {
    const text = DISCOUNT.replace("<text>&lt; 300</text>", "<text>&lt; 200</text>");
    const { diagnostics } = compileModel([{ text, file: "discount.dmn" }]);
    const line = gridsOf(text)[0]?.lines[2];
    expect(diagnostics).toMatchObject([{ code: "gap", beside: line }]);
  });
});
