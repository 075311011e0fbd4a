import { type Grid, type GridRow, readGrids, writeGrid } from "#dmn/index.ts";
import { mergeRows } from "./merge-rows.ts";
import type { Conflict, Merged, ThreeTexts } from "./merged.ts";

/**
 * Puts two changes of a DMN file together by the rows and cells of its decision tables, where that is sound: both must differ
 * from the text before in nothing else. Null where they do.
 */
export const mergeTables = ({ before, yours, theirs }: ThreeTexts): Merged | null => {
  const grids = readAll(before);
  const own = readAll(yours);
  const other = readAll(theirs);
  if (grids === null || own === null || other === null) return null;
  const ownRows = rowsOver(grids, own);
  const otherRows = rowsOver(grids, other);
  if (ownRows === null || writeAll(before, ownRows) !== yours) return null;
  if (otherRows === null || writeAll(before, otherRows) !== theirs) return null;
  const merged = grids.map((grid, table) => mergeRows(grid, ownRows[table] ?? [], otherRows[table] ?? []));
  if (merged.some((rows) => rows === null)) return null;
  const tables = merged.flatMap((rows) => rows ?? []);
  const text = writeAll(
    before,
    tables.map(({ rows }) => rows),
  );
  const written = readAll(text) ?? [];
  const conflicts = tables.flatMap(({ conflicts: found }, table) =>
    found.map(({ row, column, ...cell }): Conflict => {
      const { decision, columns, lines, line } = written[table] ?? EMPTY;
      const named = { decision, row: row + 1, column: columns[column]?.title ?? "" };
      return { line: lines[row] ?? line, cell: named, ...cell };
    }),
  );
  return { text, conflicts, by: "rows" };
};

const EMPTY = { decision: "", columns: [], lines: [], line: 1 } as const;

const readAll = (text: string): readonly Grid[] | null => {
  try {
    return readGrids(text);
  } catch {
    return null;
  }
};

const writeAll = (text: string, tables: readonly (readonly GridRow[])[]): string =>
  tables.reduce((written, rows, table) => writeGrid(written, table, rows), text);

/** The rows of each table as changes of those before: a row is known by its id. Null where that cannot be. */
const rowsOver = (
  before: readonly Grid[],
  after: readonly Grid[],
): readonly (readonly GridRow[])[] | null => {
  if (before.length !== after.length) return null;
  const tables = after.map(({ rows }, table) => {
    const known = new Map<string, number>();
    for (const { id, origin } of before[table]?.rows ?? []) {
      if (id === undefined || origin === null || known.has(id)) return null;
      known.set(id, origin);
    }
    if (rows.some(({ id }) => id === undefined)) return null;
    return rows.map((row) => ({ ...row, origin: known.get(row.id ?? "") ?? null }));
  });
  return tables.every((rows) => rows !== null) ? tables : null;
};
