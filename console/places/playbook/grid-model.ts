import type { GridRow } from "#dmn/edit/grid.ts";

/** A cell, by its row and column from 0. */
export type Place = { readonly row: number; readonly column: number };
type Rows = readonly GridRow[];

/** A table that is being edited, with the way back. */
export type GridState = {
  readonly rows: Rows;
  readonly at: Place;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
};
/** How the table was before or after a change, and where one stood. */
type Step = { readonly rows: Rows; readonly at: Place };

/** So many steps can be taken back: rows that did not change are shared, a step is small. */
const MOST_STEPS = 200;

export const newGrid = (rows: Rows): GridState => ({ rows, at: { row: 0, column: 0 }, past: [], future: [] });

const clamp = (value: number, length: number): number => Math.max(0, Math.min(value, length - 1));

/** The nearest cell that there is. */
export const nearest = (rows: Rows, { row, column }: Place, columns: number): Place => ({
  row: clamp(row, rows.length),
  column: clamp(column, columns),
});

const changed = (state: GridState, rows: Rows, at: Place): GridState => ({
  rows,
  at,
  past: [...state.past, { rows: state.rows, at: state.at }].slice(-MOST_STEPS),
  future: [],
});

/** Writes a text into a cell. Nothing where it stands there already. */
export const setCell = (state: GridState, { row, column }: Place, text: string): GridState => {
  if (state.rows[row]?.cells[column] === text) return state;
  const rows = state.rows.map((one, index) =>
    index === row ? { ...one, cells: one.cells.map((was, at) => (at === column ? text : was)) } : one,
  );
  return changed(state, rows, { row, column });
};

const emptyRow = (columns: number): GridRow => ({ origin: null, cells: new Array<string>(columns).fill("") });

/** Puts an empty row in before the one at `row`; the length of the table is its end. */
export const addRow = (state: GridState, row: number, columns: number): GridState =>
  changed(state, [...state.rows.slice(0, row), emptyRow(columns), ...state.rows.slice(row)], {
    row,
    column: 0,
  });

export const removeRow = (state: GridState, row: number): GridState => {
  if (state.rows[row] === undefined) return state;
  const rows = state.rows.filter((_, index) => index !== row);
  return changed(state, rows, { row: clamp(row, rows.length), column: state.at.column });
};

/** Moves a row up (-1) or down (1), and the place with it. */
export const moveRow = (state: GridState, row: number, by: -1 | 1): GridState => {
  const [own, other] = [state.rows[row], state.rows[row + by]];
  if (own === undefined || other === undefined) return state;
  const rows = state.rows.map((one, index) => (index === row ? other : index === row + by ? own : one));
  return changed(state, rows, { row: row + by, column: state.at.column });
};

/**
 * Lays cells of a spreadsheet over the table, from a place on. Rows that are missing are added; what does not fit beside the
 * last column is left out.
 */
export const paste = (
  state: GridState,
  from: Place,
  cells: readonly (readonly string[])[],
  columns: number,
): GridState => {
  if (cells.length === 0) return state;
  const missing = Math.max(0, from.row + cells.length - state.rows.length);
  const longer = [...state.rows, ...Array.from({ length: missing }, () => emptyRow(columns))];
  const rows = longer.map((row, index) => {
    const given = cells[index - from.row];
    if (given === undefined) return row;
    const own = row.cells.map((was, at) => given[at - from.column] ?? was);
    return own.every((text, at) => text === row.cells[at]) ? row : { ...row, cells: own };
  });
  return changed(state, rows, from);
};

/** Takes the last change back. */
export const undo = (state: GridState): GridState => {
  const last = state.past.at(-1);
  if (last === undefined) return state;
  const now = { rows: state.rows, at: state.at };
  return { ...last, past: state.past.slice(0, -1), future: [now, ...state.future] };
};

/** Makes what was taken back once more. */
export const redo = (state: GridState): GridState => {
  const [next, ...future] = state.future;
  if (next === undefined) return state;
  return { ...next, past: [...state.past, { rows: state.rows, at: state.at }], future };
};

/**
 * The cells of what a spreadsheet puts on the clipboard: columns by tabs, rows by line ends, and cells with either of them in
 * quotes, in which a quote is written twice.
 */
export const readClipboard = (text: string): readonly (readonly string[])[] => {
  const rows: string[][] = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n?|\n|$)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) break;
    const [, quoted, plain = "", end] = found;
    rows.at(-1)?.push(quoted === undefined ? plain : unquoted(quoted, plain));
    if (end !== "\t" && cell.lastIndex < text.length) rows.push([]);
    if (end === "\t" && cell.lastIndex === text.length) rows.at(-1)?.push("");
  }
  return rows.filter((row) => row.length > 0);
};

/** FEEL writes texts in quotes too: a spreadsheet quotes a cell only for what is in it. */
const unquoted = (quoted: string, plain: string): string =>
  /[\t\r\n"]/.test(quoted) ? quoted.replaceAll('""', '"') : `"${quoted}"${plain}`;

/** Whether two tables say the same. */
export const isSameTable = (left: Rows, right: Rows): boolean =>
  left.length === right.length &&
  left.every((row, index) => {
    const other = right[index];
    return (
      row === other ||
      (row.origin === other?.origin && row.cells.join("\u0000") === other.cells.join("\u0000"))
    );
  });
