import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cellNames } from "#console/places/playbook/cell-names.ts";
import { completionAt, type Suggestion, taken } from "#console/places/playbook/forms/feel-completion.ts";
import { readGrids } from "#dmn/index.ts";
import { RETAIL_FOLDER } from "../../../support/playbook/retail.ts";

const DISCOUNT = readFileSync(join(RETAIL_FOLDER, "decisions/discount.dmn"), "utf8");
const TRAITS: readonly Suggestion[] = [{ name: "loyaltyTier", kind: "name", about: "string" }];

/** What is offered in a cell of the first table where `|` stands. */
const offered = (
  cell: string,
  column: number,
  text = DISCOUNT,
  isAsked = false,
): readonly string[] | null => {
  const [table] = readGrids(text);
  if (table === undefined) throw new Error("there is a table");
  const names = cellNames(text, () => TRAITS)(table, table.rows, column);
  if (names === null) return null;
  const { suggestions } = completionAt(cell.replace("|", ""), cell.indexOf("|"), names, isAsked);
  return suggestions.map(({ name }) => name);
};

describe("what a cell of a decision table may name", () => {
  it("is the values that its column declares, with their quotes, whether one begins with them or not", () => {
    expect(offered('"sm|', 2)).toEqual(['"small"']);
    expect(offered('"none", "la|', 2)).toEqual(['"large"']);
    expect(offered("lar|", 2)).toEqual(['"large"']);
    expect(offered("|", 2, DISCOUNT, true)?.slice(0, 3)).toEqual(['"none"', '"small"', '"large"']);
    expect(offered("|", 2)).toEqual([]);
  });

  it("is the values that stand in its column already where it declares none", () => {
    const open = DISCOUNT.replace(/<outputValues>[\s\S]*?<\/outputValues>/, "");
    expect(offered('"l|', 2, open)).toEqual(['"large"']);
  });

  it("is the file's inputs and decisions, and FEEL's functions", () => {
    expect(offered("> ord|", 0)).toEqual(["orders"]);
    expect(offered("string le|", 0)).toEqual(["string length"]);
    expect(offered("Discount p|", 0)).toEqual(["Discount percent"]);
  });

  it("is what an input's own type has behind a dot, and the data model's traits behind a customer of none", () => {
    const typed = DISCOUNT.replace(
      '<inputData id="orders" name="orders"><variable name="orders" typeRef="number"/>',
      '<itemDefinition name="tCart"><itemComponent name="total"><typeRef>number</typeRef></itemComponent></itemDefinition><inputData id="cart" name="cart"><variable name="cart" typeRef="tCart"/></inputData><inputData id="customer" name="customer"><variable name="customer"/>',
    );
    expect(offered("< cart.to|", 0, typed)).toEqual(["total"]);
    expect(offered("customer.loy|", 0, typed)).toEqual(["loyaltyTier"]);
  });

  it("is nothing in a note, and nothing but functions in a file that cannot be read", () => {
    const noted = DISCOUNT.replace("</output>", '</output><annotation name="Why"/>');
    expect(offered("ord|", 3, noted)).toBeNull();
    const names = cellNames("<no model", () => TRAITS)(
      { ...readGrids(DISCOUNT)[0], columns: [] } as never,
      [],
      0,
    );
    expect(names).toMatchObject({ roots: {}, decisions: [], values: [] });
  });

  it("ends a text once: the quote that stands behind the caret is the taken value's own", () => {
    const small: Suggestion = { name: '"small"', kind: "name", about: "" };
    expect(taken('"sm"', 3, 0, small)).toEqual({ text: '"small"', caret: 7 });
    expect(taken('"sm', 3, 0, small)).toEqual({ text: '"small"', caret: 7 });
  });
});
