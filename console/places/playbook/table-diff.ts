import { type Grid, type GridRow, readGrids } from "#dmn/edit/grid.ts";
import { writeGrid } from "#dmn/edit/write-grid.ts";

/** A cell that changed, or a row that came, went or moved. Rows count from 1, as people count them. */
export type TableChange = {
  readonly decision: string;
  readonly row: number;
  readonly kind: "cell" | "addedRow" | "removedRow" | "movedRow";
  readonly column: string;
  readonly before: string;
  readonly after: string;
};

const tablesIn = (text: string): readonly Grid[] | null => {
  try {
    return readGrids(text);
  } catch {
    return null;
  }
};

const inWords = ({ cells }: GridRow): string => cells.join(" | ");

/**
 * What became of the decision tables of a file, row by row. Null where it says more than rows and cells, or where rows
 * cannot be known again.
 */
export const diffTables = (before: string, after: string): readonly TableChange[] | null => {
  const [old, now] = [tablesIn(before), tablesIn(after)];
  if (old === null || now === null || old.length !== now.length || old.length === 0) return null;
  const rowsNow = now.map(({ rows }, table) => {
    const known = new Map(old[table]?.rows.map(({ id, origin }) => [id, origin]));
    return rows.map((row) => ({ ...row, origin: row.id === undefined ? null : (known.get(row.id) ?? null) }));
  });
  const written = rowsNow.reduce((text, rows, table) => writeGrid(text, table, rows), before);
  if (written !== after) return null;
  return old.flatMap((table, index) => changesOf(table, rowsNow[index] ?? []));
};

const changesOf = ({ decision, columns, rows }: Grid, now: readonly GridRow[]): readonly TableChange[] => {
  const kept = now.flatMap(({ origin }) => origin ?? []);
  const there = new Set(kept);
  const gone = rows.filter(({ origin }) => !there.has(origin ?? -1));
  const removed = gone.map(
    (row): TableChange => ({
      decision,
      row: (row.origin ?? 0) + 1,
      kind: "removedRow",
      column: "",
      before: inWords(row),
      after: "",
    }),
  );
  let highest = -1;
  const others = now.flatMap((row, index): readonly TableChange[] => {
    const at = { decision, row: index + 1 };
    if (row.origin === null)
      return [{ ...at, kind: "addedRow", column: "", before: "", after: inWords(row) }];
    const was = rows[row.origin]?.cells ?? [];
    const isMoved = row.origin < highest;
    highest = Math.max(highest, row.origin);
    const cells = row.cells.flatMap((after, column): readonly TableChange[] =>
      after === was[column]
        ? []
        : [
            {
              ...at,
              kind: "cell",
              column: columns[column]?.title || decision,
              before: was[column] ?? "",
              after,
            },
          ],
    );
    const moved: TableChange = {
      ...at,
      kind: "movedRow",
      column: "",
      before: `${row.origin + 1}`,
      after: `${index + 1}`,
    };
    return isMoved ? [moved, ...cells] : cells;
  });
  return [...removed, ...others];
};
