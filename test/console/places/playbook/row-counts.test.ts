import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { countsByRow, countsIn, tableName } from "#console/places/playbook/row-counts.ts";
import { type GridRow, readGrids } from "#dmn/index.ts";
import { RETAIL_FOLDER } from "../../../support/playbook/retail.ts";

const PATH = "decisions/discount.dmn";
const DISCOUNT = readFileSync(join(RETAIL_FOLDER, PATH), "utf8");
const BANDS = tableName({ decision: "Discount band", id: "bands" });
const REPORT = [
  {
    file: PATH,
    decision: "Discount band",
    table: "bands",
    asked: 9,
    rows: [
      { row: 1, decisions: 7 },
      { row: 3, decisions: 2 },
    ],
    partial: false,
  },
];
const rows = readGrids(DISCOUNT)[0]?.rows ?? [];
const shown = (now: readonly GridRow[], text = DISCOUNT) => {
  const counts = countsIn(PATH, text, REPORT).get(BANDS);
  return counts === undefined ? undefined : countsByRow(now, counts);
};

describe("how often a row fired", () => {
  it("stands beside it as it was tried, nought where it never did", () => {
    expect(shown(rows)).toEqual([7, 0, 2, 0, 0]);
  });

  it("goes with a row that is moved, and is not known of one that is changed or new", () => {
    const [first, second, third, ...rest] = rows as [GridRow, GridRow, GridRow];
    const changed = { ...second, cells: ["< 2", ">= 120", '"small"'] };
    const added: GridRow = { origin: null, cells: ["", "", ""] };
    expect(shown([third, changed, first, added, ...rest])).toEqual([2, null, 7, null, 0, 0]);
  });

  it("is counted for each of two rows that are alike, in their order", () => {
    const [first] = rows as [GridRow];
    const twice = DISCOUNT.replace(
      '<rule id="r2">',
      '<rule id="r1b"><inputEntry><text>&lt; 2</text></inputEntry><inputEntry><text>&lt; 100</text></inputEntry><outputEntry><text>"none"</text></outputEntry></rule><rule id="r2">',
    );
    expect(shown([first, first, first], twice)).toEqual([7, 0, null]);
  });

  it("is nought for all rows of a table that no decision asked, and unknown of two tables that cannot be told apart", () => {
    expect(countsIn(PATH, DISCOUNT, []).get(BANDS)).toMatchObject({ asked: 0 });
    const alike = DISCOUNT.replace('name="Discount percent">', 'name="Discount band">').replace(
      'id="percents"',
      'id="bands"',
    );
    expect(countsIn(PATH, alike, REPORT).size).toBe(0);
    expect(countsIn(PATH, "<no table", REPORT).size).toBe(0);
  });
});
