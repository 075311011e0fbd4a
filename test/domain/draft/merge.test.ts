import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GridRow, readGrids, writeGrid } from "#dmn/index.ts";
import { diffLines, linesOf } from "#domain/draft/merge/line-diff.ts";
import { mergeFile, mergeTexts } from "#domain/draft/merge/merge-files.ts";
import { RETAIL_FOLDER } from "../../support/playbook/retail.ts";

const DISCOUNT = readFileSync(join(RETAIL_FOLDER, "decisions/discount.dmn"), "utf8");
const rows = readGrids(DISCOUNT)[0]?.rows ?? [];
const withRows = (change: (rows: readonly GridRow[]) => readonly GridRow[]): string =>
  writeGrid(DISCOUNT, 0, change(rows));
const withCell = (id: string, column: number, text: string) => (all: readonly GridRow[]) =>
  all.map((row) =>
    row.id === id ? { ...row, cells: row.cells.map((was, at) => (at === column ? text : was)) } : row,
  );
const mergeTables = (yours: string, theirs: string) =>
  mergeTexts("decisions/discount.dmn", { before: DISCOUNT, yours, theirs });

describe("two changes of a decision table", () => {
  it("of one row, in different cells, are both kept", () => {
    const merged = mergeTables(withRows(withCell("r3", 0, "[2..4)")), withRows(withCell("r3", 1, "< 200")));
    expect(merged).toMatchObject({ by: "rows", conflicts: [] });
    expect(readGrids(merged.text)[0]?.rows[2]?.cells).toEqual(["[2..4)", "< 200", '"small"']);
  });

  it("of one cell are a conflict, named by decision, row and column, and theirs stands", () => {
    const merged = mergeTables(withRows(withCell("r3", 1, "< 250")), withRows(withCell("r3", 1, "< 200")));
    expect(merged.conflicts).toEqual([
      {
        line: readGrids(DISCOUNT)[0]?.lines[2],
        cell: { decision: "Discount band", row: 3, column: "Spent so far, in euro" },
        before: "< 300",
        yours: "< 250",
        theirs: "< 200",
      },
    ]);
    expect(merged.text).toBe(withRows(withCell("r3", 1, "< 200")));
  });

  it("that add, move and take away rows come together in order", () => {
    const added: GridRow = { origin: null, id: "mine", cells: ["-", "-", '"large"'] };
    const yours = withRows((all) => [...all.slice(0, 2), added, ...all.slice(2)]);
    const theirs = withRows((all) => [...all.filter(({ id }) => id !== "r1").toReversed()]);
    const merged = mergeTables(yours, theirs);
    expect(merged).toMatchObject({ by: "rows", conflicts: [] });
    expect(readGrids(merged.text)[0]?.rows.map(({ id }) => id)).toEqual(["r5", "r4", "r3", "r2", "mine"]);
  });

  it("go by lines where something else than rows changed, or a changed row is taken away", () => {
    const renamed = DISCOUNT.replace('label="Orders so far"', 'label="Orders"');
    const beside = mergeTables(withRows(withCell("r4", 2, '"small"')), renamed);
    expect(beside).toMatchObject({ by: "lines", conflicts: [] });
    expect(beside.text).toBe(
      withRows(withCell("r4", 2, '"small"')).replace('label="Orders so far"', 'label="Orders"'),
    );
    const gone = mergeTables(
      withRows(withCell("r3", 1, "< 1")),
      withRows((all) => all.filter(({ id }) => id !== "r3")),
    );
    expect(gone.by).toBe("lines");
    expect(gone.conflicts).toHaveLength(1);
  });
});

describe("two changes of a YAML file", () => {
  const before = "name: welcome\nvalue: 10\nlever: 1\nplacements: [a]\n";
  const merge = (yours: string, theirs: string) =>
    mergeTexts("actions/welcome.yaml", { before, yours, theirs });

  it("are put together by key, in lines beside each other too", () => {
    const merged = merge(before.replace("10", "12"), before.replace("lever: 1", "lever: 2"));
    expect(merged).toEqual({
      text: "name: welcome\nvalue: 12\nlever: 2\nplacements: [a]\n",
      conflicts: [],
      by: "keys",
    });
  });

  it("of one value are a conflict", () => {
    expect(merge(before.replace("10", "12"), before.replace("10", "14")).conflicts).toMatchObject([
      { before: "value: 10\n", yours: "value: 12\n", theirs: "value: 14\n" },
    ]);
  });

  it("are not put together where the result would say a key twice", () => {
    const merged = merge(`${before}note: a\n`, before.replace("value", "note: b\nvalue"));
    expect(merged.by).toBe("lines");
  });
});

describe("two changes of lines", () => {
  const lines = fc.array(fc.constantFrom("a\n", "b\n", "c\n", "d\n"), { maxLength: 30 });

  it("are found so that the other text can be made of them", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const made: string[] = [];
        let done = 0;
        for (const { from, end, otherFrom, otherEnd } of diffLines(before, after)) {
          made.push(...before.slice(done, from), ...after.slice(otherFrom, otherEnd));
          done = end;
        }
        expect([...made, ...before.slice(done)]).toEqual(after);
      }),
    );
  });

  it("give what one changed where the other changed nothing, whoever it was", () => {
    fc.assert(
      fc.property(lines, lines, (from, to) => {
        const [before, after] = [from.join(""), to.join("")];
        const mine = mergeTexts("a.txt", { before, yours: after, theirs: before });
        const theirs = mergeTexts("a.txt", { before, yours: before, theirs: after });
        expect([mine.text, theirs.text]).toEqual([after, after]);
        expect([...mine.conflicts, ...theirs.conflicts]).toEqual([]);
      }),
    );
  });

  it("are both in the merged text where they are apart, and told of where they are not", () => {
    const before = "1\n2\n3\n4\n5\n";
    const merge = (yours: string, theirs: string) => mergeTexts("a.txt", { before, yours, theirs });
    expect(merge("one\n2\n3\n4\n5\n", "1\n2\n3\n4\nfive\n")).toMatchObject({
      text: "one\n2\n3\n4\nfive\n",
      conflicts: [],
    });
    expect(merge("1\n2\nx\n4\n5\n", "1\n2\ny\n4\n5\n")).toEqual({
      text: "1\n2\ny\n4\n5\n",
      conflicts: [{ line: 3, before: "3\n", yours: "x\n", theirs: "y\n" }],
      by: "lines",
    });
  });

  it("of twenty thousand lines that have nothing in common end in time", () => {
    const text = (name: string) => Array.from({ length: 20_000 }, (_, n) => `${name} ${n}\n`).join("");
    expect(diffLines(linesOf(text("a")), linesOf(text("b")))).toHaveLength(1);
  });
});

describe("a file that one takes away", () => {
  it("goes where the other left it as it was, and is a conflict where the other changed it", () => {
    const texts = { before: "a\n", yours: null, theirs: "a\n" };
    expect(mergeFile("a.txt", texts)).toMatchObject({ text: null, conflicts: [] });
    expect(mergeFile("a.txt", { ...texts, theirs: "b\n" })).toMatchObject({
      text: "b\n",
      conflicts: [{ theirs: "b\n" }],
    });
  });
});
