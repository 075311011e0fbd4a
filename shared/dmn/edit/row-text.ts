import type { XmlElement } from "../xml/element.ts";
import { FORBIDDEN } from "../xml/lexical.ts";
import { attribute, cellsOf, cellText, childrenNamed, type GridColumn, type TableElements } from "./grid.ts";
import { applySplices, type Splice } from "./splice.ts";

const ALL_FORBIDDEN = new RegExp(FORBIDDEN, "gu");

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** A text as it may stand in an element. */
const escapeText = (value: string): string =>
  value
    .replace(/\r\n?/g, "\n")
    .replace(ALL_FORBIDDEN, "")
    .replace(/[&<>]/g, (found) => ENTITIES[found] ?? found);

/** A text as it may stand in an attribute in double quotes. */
const escapeAttribute = (value: string): string => escapeText(value).replaceAll('"', "&quot;");

const isEmptyTag = (source: string, { end, contentAt }: XmlElement): boolean =>
  end === contentAt && source.slice(0, end).endsWith("/>");

const contentEnd = (source: string, { end }: XmlElement): number => source.lastIndexOf("</", end - 1);

/** `dmn:` of `dmn:rule`: what goes before the names of new elements beside it. */
const prefixOf = ({ name, local }: XmlElement): string => name.slice(0, name.length - local.length);

/** The change that makes a cell's text another; none where it says that already. */
export function cellSplice(source: string, cell: XmlElement, value: string): Splice | null {
  const wanted = value.trim();
  if (cellText(cell) === wanted) return null;
  const [text] = childrenNamed(cell, "text");
  const name = `${prefixOf(cell)}text`;
  const written = `<${name}>${escapeText(wanted)}</${name}>`;
  if (text === undefined) {
    if (!isEmptyTag(source, cell)) return { at: cell.contentAt, end: cell.contentAt, text: written };
    const opened = source.slice(cell.at, cell.end).replace(/\s*\/>$/, ">");
    return { at: cell.at, end: cell.end, text: `${opened}${written}</${cell.name}>` };
  }
  if (isEmptyTag(source, text)) return { at: text.at, end: text.end, text: written };
  const end = contentEnd(source, text);
  const before = source.slice(text.contentAt, end).trim();
  const isCdata = before.startsWith("<![CDATA[") && before.endsWith("]]>") && !wanted.includes("]]>");
  const kept = isCdata
    ? `<![CDATA[${wanted.replace(/\r\n?/g, "\n").replace(ALL_FORBIDDEN, "")}]]>`
    : escapeText(wanted);
  return { at: text.contentAt, end, text: kept };
}

/** The white space before an element, from the end of what stands before it: line break and indentation. */
export const leadOf = (source: string, { at }: XmlElement): string => {
  let from = at;
  while (from > 0 && /\s/.test(source.charAt(from - 1))) from -= 1;
  return source.slice(from, at);
};

/** The changes of a row's cells. Cells that the row does not have are added behind its last one. */
export function rowSplices(source: string, row: XmlElement, cells: readonly string[]): readonly Splice[] {
  const written = cellsOf(row);
  const changed = written.flatMap((cell, index) => cellSplice(source, cell, cells[index] ?? "") ?? []);
  const missing = cells.slice(written.length);
  const last = written.at(-1);
  if (last === undefined || missing.every((value) => value.trim() === "")) return changed;
  const prefix = prefixOf(row);
  const lead = leadOf(source, last);
  const added = missing.map(
    (value) =>
      `${lead}<${prefix}annotationEntry><${prefix}text>${escapeText(value.trim())}</${prefix}text></${prefix}annotationEntry>`,
  );
  return [...changed, { at: last.end, end: last.end, text: added.join("") }];
}

/** A row of the file as it stands there, with its cells changed. */
export function movedRow(source: string, row: XmlElement, cells: readonly string[]): string {
  const within = rowSplices(source, row, cells).map(({ at, end, text }) => ({
    at: at - row.at,
    end: end - row.at,
    text,
  }));
  return applySplices(source.slice(row.at, row.end), within);
}

const ENTRY: Readonly<Record<GridColumn["kind"], string>> = {
  input: "inputEntry",
  output: "outputEntry",
  annotation: "annotationEntry",
};

/** How the rows of a table are laid out: white space before a row, before each of its cells and before its end tag. */
export interface RowLayout {
  readonly prefix: string;
  readonly row: string;
  readonly cell: string;
  readonly end: string;
  /** Whether cells have ids of their own, as some modellers give them. */
  readonly hasCellIds: boolean;
}

/** As a row of the table has it, else as its columns suggest. */
export function layoutOf(source: string, { xml, columns, rows }: TableElements, like = 0): RowLayout {
  const row = rows[like] ?? rows[0];
  const prefix = prefixOf(xml);
  if (row === undefined) {
    const lead = columns[0] === undefined ? "" : leadOf(source, columns[0]);
    return { prefix, row: lead, cell: lead === "" ? "" : `${lead}  `, end: lead, hasCellIds: false };
  }
  const [first] = row.children;
  const closing =
    row.children.length === 0 ? "" : /\s*$/.exec(source.slice(row.contentAt, contentEnd(source, row)))?.[0];
  return {
    prefix,
    row: leadOf(source, row),
    cell: first === undefined ? "" : leadOf(source, first),
    end: closing ?? "",
    hasCellIds: cellsOf(row).some((cell) => attribute(cell, "id") !== undefined),
  };
}

/** A row that the file does not have yet. */
export function newRow(
  { prefix, cell, end, hasCellIds }: RowLayout,
  columns: readonly GridColumn[],
  { id, cells }: { readonly id: string; readonly cells: readonly string[] },
): string {
  const entries = columns.map(({ kind }, index) => {
    const name = `${prefix}${ENTRY[kind]}`;
    const own = hasCellIds && kind !== "annotation" ? ` id="${escapeAttribute(`${id}_${index + 1}`)}"` : "";
    const text = escapeText((cells[index] ?? "").trim());
    return `${cell}<${name}${own}><${prefix}text>${text}</${prefix}text></${name}>`;
  });
  return `<${prefix}rule id="${escapeAttribute(id)}">${entries.join("")}${end}</${prefix}rule>`;
}
