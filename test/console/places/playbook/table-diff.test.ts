import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffTables } from "#console/places/playbook/table-diff.ts";
import { type GridRow, readGrids, writeGrid } from "#dmn/index.ts";
import { RETAIL_FOLDER } from "../../../support/playbook/retail.ts";

const DISCOUNT = readFileSync(join(RETAIL_FOLDER, "decisions/discount.dmn"), "utf8");
const rows = readGrids(DISCOUNT)[0]?.rows ?? [];
const written = (next: readonly GridRow[]): string => writeGrid(DISCOUNT, 0, next);

describe("what became of a decision table", () => {
  it("is told by rows and cells, as people read the table", () => {
    const changed = rows.map((row) =>
      row.id === "r3" ? { ...row, cells: ["[2..5)", "< 200", '"small"'] } : row,
    );
    const added: GridRow = { origin: null, cells: ["-", "-", '"none"'] };
    const after = written([...changed.filter(({ id }) => id !== "r1"), added]);
    expect(diffTables(DISCOUNT, after)).toEqual([
      {
        decision: "Discount band",
        row: 1,
        kind: "removedRow",
        column: "",
        before: '< 2 | < 100 | "none"',
        after: "",
      },
      {
        decision: "Discount band",
        row: 2,
        kind: "cell",
        column: "Spent so far, in euro",
        before: "< 300",
        after: "< 200",
      },
      {
        decision: "Discount band",
        row: 5,
        kind: "addedRow",
        column: "",
        before: "",
        after: '- | - | "none"',
      },
    ]);
  });

  it("names rows that moved", () => {
    const [first, second, ...rest] = rows;
    const after = written([second, first, ...rest].flatMap((row) => row ?? []));
    expect(diffTables(DISCOUNT, after)).toMatchObject([
      { kind: "movedRow", row: 2, before: "1", after: "2" },
    ]);
  });

  it("is left to lines where something else changed too", () => {
    expect(diffTables(DISCOUNT, DISCOUNT.replace("Orders so far", "Orders"))).toBeNull();
    expect(diffTables(DISCOUNT, "<broken")).toBeNull();
  });
});
