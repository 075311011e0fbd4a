import { DEFAULT_DMN_LIMITS } from "../source/limits.ts";
import { optional } from "../source/optional.ts";
import { placeOf, type SourceText } from "../source/source-text.ts";
import type { XmlElement } from "../xml/element.ts";
import { readXml } from "../xml/read.ts";

/** One column of a decision table, as people read it. */
export interface GridColumn {
  readonly kind: "input" | "output" | "annotation";
  /** Its label, else its name, else its expression. */
  readonly title: string;
  /** Of an input: what its cells are tests of. */
  readonly expression?: string;
  readonly type?: string;
  /** The values that it may have, as FEEL. */
  readonly values?: string;
}

/** One row: its cells in the order of the columns, as FEEL text without the white space around it. */
export interface GridRow {
  /** Its place among the rows of the text it was read from; null for one that is new. */
  readonly origin: number | null;
  readonly id?: string;
  readonly cells: readonly string[];
}

/** One decision table of a DMN file, without its layout. */
export interface Grid {
  /** The table's place among the tables of the file. */
  readonly table: number;
  /** The table's own id, where the file gives it one. */
  readonly id?: string;
  /** Name of the decision or function that it belongs to. */
  readonly decision: string;
  readonly hitPolicy: string;
  readonly columns: readonly GridColumn[];
  readonly rows: readonly GridRow[];
  /** The line in the file where each row begins: findings name it. */
  readonly lines: readonly number[];
  /** The line where the table itself begins. */
  readonly line: number;
}

/** A table in the file's own elements. */
export interface TableElements {
  readonly xml: XmlElement;
  readonly columns: readonly XmlElement[];
  readonly rows: readonly XmlElement[];
}

const COLUMN_KINDS: Readonly<Record<string, GridColumn["kind"]>> = {
  input: "input",
  output: "output",
  annotation: "annotation",
};
const CELLS = ["inputEntry", "outputEntry", "annotationEntry"];

export const childrenNamed = ({ children, uri }: XmlElement, ...locals: readonly string[]): XmlElement[] =>
  children.filter((child) => child.uri === uri && locals.includes(child.local));

/** The cells of a row, in the order of the table's columns. */
export const cellsOf = (row: XmlElement): readonly XmlElement[] =>
  CELLS.flatMap((local) => childrenNamed(row, local));

/** The text of a cell as people see it. */
export const cellText = (cell: XmlElement): string => (childrenNamed(cell, "text")[0]?.text ?? "").trim();

/**
 * Every decision table of a DMN file, in the file's order.
 * @throws {DmnError} with file, line and column when the text is no XML
 */
export function readGrids(text: string, file = "model.dmn"): readonly Grid[] {
  const source: SourceText = { file, text };
  return readTables(source).map(({ xml, columns, rows, decision }, table) => ({
    table,
    ...optional("id", attribute(xml, "id")),
    decision,
    hitPolicy: attribute(xml, "hitPolicy") ?? "UNIQUE",
    columns: columns.map(readColumn),
    rows: rows.map((row, origin) => ({
      origin,
      ...optional("id", attribute(row, "id")),
      cells: padded(cellsOf(row).map(cellText), columns.length),
    })),
    lines: rows.map(({ at }) => placeOf(source, at).line),
    line: placeOf(source, xml.at).line,
  }));
}

/** The tables as elements, each with the name of what it decides. */
export function readTables(source: SourceText): readonly (TableElements & { readonly decision: string })[] {
  const found: (TableElements & { readonly decision: string })[] = [];
  const look = (xml: XmlElement, decision: string): void => {
    if (xml.local === "decisionTable") {
      const columns = Object.keys(COLUMN_KINDS).flatMap((local) => childrenNamed(xml, local));
      found.push({ xml, columns, rows: childrenNamed(xml, "rule"), decision });
      return;
    }
    const own = NAMED.includes(xml.local) ? attribute(xml, "name") : undefined;
    for (const child of xml.children) look(child, own ?? decision);
  };
  look(readXml(source, DEFAULT_DMN_LIMITS), "");
  return found;
}

const NAMED = ["decision", "businessKnowledgeModel"];

export const attribute = (xml: XmlElement, name: string): string | undefined =>
  xml.attributes.find((each) => each.uri === "" && each.name === name)?.value;

const textIn = (xml: XmlElement, local: string): string | undefined => {
  const [child] = childrenNamed(xml, local);
  return child === undefined ? undefined : cellText(child) || undefined;
};

export function readColumn(xml: XmlElement): GridColumn {
  const kind = COLUMN_KINDS[xml.local] ?? "input";
  const [typed = xml] = childrenNamed(xml, "inputExpression");
  const expression = kind === "input" ? textIn(xml, "inputExpression") : undefined;
  const title = attribute(xml, "label") ?? attribute(xml, "name") ?? expression ?? "";
  return {
    kind,
    title,
    ...optional("expression", expression),
    ...optional("type", attribute(typed, "typeRef")),
    ...optional("values", textIn(xml, kind === "input" ? "inputValues" : "outputValues")),
  };
}

/** Annotations may be left out at a row's end; a row that lacks other cells is told of by the model's reader. */
const padded = (cells: readonly string[], length: number): readonly string[] =>
  Array.from({ length }, (_, index) => cells[index] ?? "");
