import type { Grid, GridRow } from "#dmn/index.ts";

/** A cell that both changed: its row in the merged table and its column, from 0. */
export type CellConflict = {
  readonly row: number;
  readonly column: number;
  readonly before: string;
  readonly yours: string;
  readonly theirs: string;
};

export type MergedRows = { readonly rows: readonly GridRow[]; readonly conflicts: readonly CellConflict[] };

type Rows = readonly GridRow[];

/**
 * Puts two changes of a table together, row by row and cell by cell. Null where both moved rows, or one took a row away that
 * the other changed.
 */
export const mergeRows = (before: Grid, yours: Rows, theirs: Rows): MergedRows | null => {
  const hasMoved = { yours: isMoved(yours), theirs: isMoved(theirs) };
  if (hasMoved.yours && hasMoved.theirs) return null;
  // Whoever moved rows says the order.
  const [leading, following] = hasMoved.yours ? [yours, theirs] : [theirs, yours];
  const gone = goneRows(before, yours, theirs);
  if (gone === null) return null;
  const order = insertNew(leading, following).filter(({ origin }) => origin === null || !gone.has(origin));
  const ofOrigin = (rows: Rows) => new Map(rows.map((row) => [row.origin, row]));
  const [own, other] = [ofOrigin(yours), ofOrigin(theirs)];
  const conflicts: CellConflict[] = [];
  const rows = order.map((row, index) => {
    if (row.origin === null) return row;
    const was = before.rows[row.origin]?.cells ?? [];
    const [mine, its] = [own.get(row.origin)?.cells ?? was, other.get(row.origin)?.cells ?? was];
    const cells = was.map((cell, column) => {
      const [left = "", right = ""] = [mine[column], its[column]];
      if (left === cell) return right;
      if (right !== cell && right !== left)
        conflicts.push({ row: index, column, before: cell, yours: left, theirs: right });
      return right === cell ? left : right;
    });
    return { ...row, cells };
  });
  return { rows, conflicts };
};

const isMoved = (rows: Rows): boolean => {
  const origins = rows.flatMap(({ origin }) => origin ?? []);
  return origins.some((origin, index) => index > 0 && origin < (origins[index - 1] ?? -1));
};

/** Rows that either took away. Null where the other changed one of them. */
const goneRows = (before: Grid, yours: Rows, theirs: Rows): ReadonlySet<number> | null => {
  const gone = new Set<number>();
  for (const [mine, its] of [
    [yours, theirs],
    [theirs, yours],
  ] as const) {
    const there = new Set(mine.map(({ origin }) => origin));
    for (const { origin, cells } of its) {
      if (origin === null || there.has(origin)) continue;
      if (cells.some((cell, column) => cell !== before.rows[origin]?.cells[column])) return null;
    }
    for (const { origin } of before.rows) if (origin !== null && !there.has(origin)) gone.add(origin);
  }
  return gone;
};

/** The leading rows with the new ones of the other, each behind the row that it follows there. */
const insertNew = (leading: Rows, following: Rows): Rows => {
  const behind = new Map<number | null, GridRow[]>();
  let anchor: number | null = null;
  const known = new Set(leading.map(({ origin }) => origin));
  for (const row of following) {
    if (row.origin === null) behind.set(anchor, [...(behind.get(anchor) ?? []), row]);
    else if (known.has(row.origin)) anchor = row.origin;
  }
  const start = behind.get(null) ?? [];
  return [
    ...start,
    ...leading.flatMap((row) => (row.origin === null ? [row] : [row, ...(behind.get(row.origin) ?? [])])),
  ];
};
