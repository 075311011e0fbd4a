import type { FeelValue } from "../../feel/index.ts";
import type { CompiledTests } from "../compile/feel-text.ts";
import type { DmnRun, Scope } from "../run.ts";
import { type CellSet, type Domain, domainOfType } from "./cell-set.ts";
import { type ColumnClasses, columnClasses } from "./column-classes.ts";
import { type ColumnIndex, indexBytes, indexColumn, wordsFor } from "./row-index.ts";

/** Finds the rows whose cells all accept the inputs. `values` has one value a column, in the columns' order. */
export interface RowMatcher {
  /** The first such row, or -1. */
  readonly first: (values: readonly FeelValue[], scope: Scope, run: DmnRun) => number;
  /** All such rows, in order; stops after `most`. */
  readonly all: (values: readonly FeelValue[], scope: Scope, run: DmnRun, most: number) => number[];
}

/** `rows[r][c]` is the cell of row r in column c. */
export type CellRows = readonly (readonly CompiledTests[])[];

/** A cell that the index cannot answer for: it is asked itself. */
interface OpenCell {
  readonly column: number;
  readonly tests: CompiledTests;
}

interface IndexedColumn extends ColumnIndex {
  readonly column: number;
}

/**
 * Builds the matcher of a table. The meaning of a cell is always that of its compiled unary tests; the index only
 * answers for cells made of literals and for values of the column's kind, where both are the same by construction.
 */
export function buildRowMatcher(rows: CellRows, columns: number, maxIndexBytes: number): RowMatcher {
  const indexed: IndexedColumn[] = [];
  const openCells: (OpenCell[] | undefined)[] = rows.map(() => undefined);
  for (let column = 0; column < columns; column += 1) {
    const cells = rows.map((row) => row[column]);
    if (cells.every((tests) => tests === undefined || tests.isAny)) continue;
    const index = buildColumn(cells, maxIndexBytes);
    if (index !== undefined) indexed.push({ ...index.index, column });
    cells.forEach((tests, row) => {
      if (tests === undefined || tests.isAny || (index !== undefined && index.known[row] !== undefined))
        return;
      const open = openCells[row] ?? [];
      open.push({ column, tests });
      openCells[row] = open;
    });
  }
  return rows.length <= 32 ? smallMatcher(rows, indexed, openCells) : largeMatcher(rows, indexed, openCells);
}

function buildColumn(
  cells: readonly (CompiledTests | undefined)[],
  maxIndexBytes: number,
): { index: ColumnIndex; known: readonly (CellSet | undefined)[] } | undefined {
  const domain = domainOfColumn(cells);
  if (domain === undefined) return undefined;
  const known = cells.map((tests) => setInDomain(tests, domain));
  const classes: ColumnClasses = columnClasses(domain, known);
  if (indexBytes(classes, cells.length) > maxIndexBytes) return undefined;
  const acceptsNull = cells.map((tests, row) => known[row] !== undefined && acceptsNullValue(tests));
  return { index: indexColumn(classes, known, acceptsNull), known };
}

/** The kind of values that a column is about: that of its declared type, else of its first cell that tells. */
export function domainOfColumn(cells: readonly (CompiledTests | undefined)[]): Domain | undefined {
  for (const tests of cells) {
    const declared = tests === undefined ? undefined : domainOfType(tests.inputType);
    if (declared !== undefined) return declared;
    const set = tests?.set;
    if (set?.kind === "ordered" || set?.kind === "listed") return set.domain;
  }
  return undefined;
}

/** The set of a cell, unless it is of another kind than the column or cannot be told. */
export function setInDomain(tests: CompiledTests | undefined, domain: Domain): CellSet | undefined {
  const set = tests === undefined ? undefined : tests.set;
  if (set === undefined || set.kind === "any" || set.kind === "none") return set;
  return set.domain === domain ? set : undefined;
}

function acceptsNullValue(tests: CompiledTests | undefined): boolean {
  return tests === undefined || tests.isAny || tests.acceptsNull;
}

function accepts(
  open: readonly OpenCell[],
  values: readonly FeelValue[],
  scope: Scope,
  run: DmnRun,
): boolean {
  for (const { column, tests } of open) if (!tests.matches(scope, values[column] ?? null, run)) return false;
  return true;
}

/** Asks every cell: for values that the index does not know. */
function scan(
  rows: CellRows,
  values: readonly FeelValue[],
  scope: Scope,
  run: DmnRun,
  most: number,
): number[] {
  const found: number[] = [];
  for (let row = 0; row < rows.length && found.length < most; row += 1) {
    const cells = rows[row] ?? [];
    if (cells.every((tests, column) => tests.isAny || tests.matches(scope, values[column] ?? null, run))) {
      found.push(row);
    }
  }
  return found;
}

/** Up to 32 rows fit the bits of one number. */
function smallMatcher(
  rows: CellRows,
  indexed: readonly IndexedColumn[],
  openCells: readonly (readonly OpenCell[] | undefined)[],
): RowMatcher {
  const allRows = rows.length === 32 ? -1 : (1 << rows.length) - 1;
  const hasOpenCells = openCells.some((open) => open !== undefined);
  /** The rows that the indexed columns leave; null when a value is unknown to its index. */
  const candidates = (values: readonly FeelValue[]): number | null => {
    let bits = allRows;
    for (let index = 0; index < indexed.length; index += 1) {
      const column = indexed[index];
      if (column === undefined) continue;
      const place = column.classOf(values[column.column] ?? null);
      if (place < 0) return null;
      bits &= column.masks[place] ?? 0;
    }
    return bits;
  };
  const first = (values: readonly FeelValue[], scope: Scope, run: DmnRun): number => {
    let bits = candidates(values);
    if (bits === null) return scan(rows, values, scope, run, 1)[0] ?? -1;
    while (bits !== 0) {
      const row = 31 - Math.clz32(bits & -bits);
      const open = hasOpenCells ? openCells[row] : undefined;
      if (open === undefined || accepts(open, values, scope, run)) return row;
      bits &= bits - 1;
    }
    return -1;
  };
  const all = (values: readonly FeelValue[], scope: Scope, run: DmnRun, most: number): number[] => {
    let bits = candidates(values);
    if (bits === null) return scan(rows, values, scope, run, most);
    const found: number[] = [];
    while (bits !== 0 && found.length < most) {
      const row = 31 - Math.clz32(bits & -bits);
      const open = openCells[row];
      if (open === undefined || accepts(open, values, scope, run)) found.push(row);
      bits &= bits - 1;
    }
    return found;
  };
  return { first, all };
}

function largeMatcher(
  rows: CellRows,
  indexed: readonly IndexedColumn[],
  openCells: readonly (readonly OpenCell[] | undefined)[],
): RowMatcher {
  const words = wordsFor(rows.length);
  const lastWord = rows.length % 32 === 0 ? -1 : (1 << (rows.length % 32)) - 1;
  const all = (values: readonly FeelValue[], scope: Scope, run: DmnRun, most: number): number[] => {
    const starts: number[] = [];
    for (const column of indexed) {
      const place = column.classOf(values[column.column] ?? null);
      if (place < 0) return scan(rows, values, scope, run, most);
      starts.push(place * words);
    }
    const found: number[] = [];
    for (let word = 0; word < words; word += 1) {
      let bits = word === words - 1 ? lastWord : -1;
      for (let index = 0; index < starts.length && bits !== 0; index += 1) {
        bits &= indexed[index]?.masks[(starts[index] ?? 0) + word] ?? 0;
      }
      for (; bits !== 0; bits &= bits - 1) {
        const row = word * 32 + 31 - Math.clz32(bits & -bits);
        const open = openCells[row];
        if (open !== undefined && !accepts(open, values, scope, run)) continue;
        found.push(row);
        if (found.length >= most) return found;
      }
    }
    return found;
  };
  return { all, first: (values, scope, run) => all(values, scope, run, 1)[0] ?? -1 };
}
