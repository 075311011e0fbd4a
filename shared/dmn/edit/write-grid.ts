import type { XmlElement } from "../xml/element.ts";
import { type GridColumn, type GridRow, readColumn, readTables, type TableElements } from "./grid.ts";
import { layoutOf, leadOf, movedRow, newRow, type RowLayout, rowSplices } from "./row-text.ts";
import { applySplices, type Splice } from "./splice.ts";

/** What is being written: the text, one of its tables, and the rows it is to have. */
interface Writing {
  readonly source: string;
  readonly table: TableElements;
  readonly columns: readonly GridColumn[];
  readonly layout: RowLayout;
}

/**
 * Writes the rows of one table back into the file that it was read from. Only what changed is touched: a cell's text, a
 * row that went, came or moved. Comments, layout, ids and diagrams stay as they are, so that the rows as they were read
 * give the text as it was.
 * @param text the file that the rows' `origin` counts in
 * @throws {DmnError} when the text is no XML
 */
export function writeGrid(text: string, table: number, rows: readonly GridRow[]): string {
  const found = readTables({ file: "model.dmn", text })[table];
  if (found === undefined) return text;
  const columns = found.columns.map(readColumn);
  const writing = {
    source: text,
    table: found,
    columns,
    layout: layoutOf(text, found, found.rows.length - 1),
  };
  return applySplices(text, tableSplices(writing, rows));
}

function tableSplices(writing: Writing, rows: readonly GridRow[]): readonly Splice[] {
  const { source, table } = writing;
  const seen = new Set<number>();
  const origins = rows.map(({ origin }) => {
    // A row that comes twice is a copy from the second time on.
    if (origin === null || seen.has(origin)) return -1;
    seen.add(origin);
    return origin;
  });
  const staying = longestRise(origins);
  const stays = new Set([...staying].map((index) => rows[index]?.origin));
  const splices: Splice[] = table.rows.flatMap((row, origin) =>
    stays.has(origin) ? [] : [{ at: row.at - leadOf(source, row).length, end: row.end, text: "" }],
  );
  const ids = idMaker(source);
  let anchor: XmlElement | undefined;
  rows.forEach((row, index) => {
    const own = table.rows[origins[index] ?? -1];
    if (own !== undefined && staying.has(index)) {
      splices.push(...rowSplices(source, own, row.cells));
      anchor = own;
      return;
    }
    const at = anchor?.end ?? startOf(writing);
    splices.push({ at, end: at, text: `${writing.layout.row}${writtenRow(writing, row, own, ids)}` });
  });
  return splices;
}

const writtenRow = (
  { source, columns, layout }: Writing,
  row: GridRow,
  own: XmlElement | undefined,
  freeId: (wanted: string | undefined) => string,
): string => {
  if (own !== undefined) return movedRow(source, own, row.cells);
  return newRow(layout, columns, { id: freeId(row.id), cells: row.cells });
};

/** Where rows go before which none stays: before the first, and where there is none, behind the columns. */
function startOf({ source, table }: Writing): number {
  const [first] = table.rows;
  if (first !== undefined) return first.at - leadOf(source, first).length;
  return table.xml.children.at(-1)?.end ?? table.xml.contentAt;
}

/** Gives ids that the file does not have: the one that is wished for where it is free. */
const idMaker = (source: string): ((wanted: string | undefined) => string) => {
  const written = source.matchAll(/\sid\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  const taken = new Set([...written].map(([, one, other]) => one ?? other ?? ""));
  let number = 1;
  return (wanted = "") => {
    while (taken.has(`row_${number}`)) number += 1;
    const id = wanted === "" || taken.has(wanted) ? `row_${number}` : wanted;
    taken.add(id);
    return id;
  };
};

/**
 * The most rows that can stay where they are: the places of a longest rising run of the origins, -1 being none (patience
 * sorting, after Fredman 1975).
 */
function longestRise(origins: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const before: number[] = [];
  origins.forEach((origin, index) => {
    if (origin < 0) return;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((origins[tails[middle] ?? 0] ?? 0) < origin) low = middle + 1;
      else high = middle;
    }
    before[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  });
  const staying = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) staying.add(index);
  return staying;
}
