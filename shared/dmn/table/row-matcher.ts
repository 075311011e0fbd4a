import type { FeelInput, FeelValue } from "#feel/index.ts";
import type { DmnRun } from "../run/run.ts";
import type { CompiledTests } from "../text/compiled.ts";
import { type ColumnIndex, wordsFor } from "./row-index.ts";

/** Finds the rows whose cells all accept the inputs. `values` has one value a column, in the columns' order. */
export interface RowMatcher {
  /** All such rows, in order; stops after `most`. */
  readonly all: (values: readonly FeelValue[], scope: FeelInput, run: DmnRun, most: number) => number[];
}

/** `rows[r][c]` is the cell of row r in column c. */
export type CellRows = readonly (readonly CompiledTests[])[];

/** A cell that the index cannot answer for: it is asked itself. */
interface OpenCell {
  readonly column: number;
  readonly tests: CompiledTests;
}

/**
 * Builds the matcher of a table from the indexes of its columns. The meaning of a cell is always that of its compiled
 * unary tests; the index only answers for cells made of literals and for values of the column's kind, where both are
 * the same by construction.
 */
export function buildRowMatcher(rows: CellRows, indexes: readonly (ColumnIndex | undefined)[]): RowMatcher {
  const openCells = rows.map((cells, row) => {
    const open = cells.flatMap((tests, column) =>
      tests.isAny || indexes[column]?.sets[row] !== undefined ? [] : [{ column, tests }],
    );
    return open.length === 0 ? undefined : open;
  });
  return indexedMatcher(rows, indexes, openCells);
}

function accepts(
  open: readonly OpenCell[],
  values: readonly FeelValue[],
  scope: FeelInput,
  run: DmnRun,
): boolean {
  for (const { column, tests } of open) if (!tests.matches(scope, values[column] ?? null, run)) return false;
  return true;
}

function indexedMatcher(
  rows: CellRows,
  indexes: readonly (ColumnIndex | undefined)[],
  openCells: readonly (readonly OpenCell[] | undefined)[],
): RowMatcher {
  const words = wordsFor(rows.length);
  const lastWord = rows.length > 0 && rows.length % 32 === 0 ? -1 : (1 << (rows.length % 32)) - 1;
  const masks = indexes.flatMap((index) => (index === undefined ? [] : [index.masks]));
  /** Asks every cell: for values that the index does not know. */
  const scan: RowMatcher["all"] = (values, scope, run, most) => {
    const found: number[] = [];
    for (let row = 0; row < rows.length && found.length < most; row += 1) {
      const cells = rows[row] ?? [];
      if (cells.every((tests, column) => tests.isAny || tests.matches(scope, values[column] ?? null, run))) {
        found.push(row);
      }
    }
    return found;
  };
  const all: RowMatcher["all"] = (values, scope, run, most) => {
    const starts: number[] = [];
    for (let column = 0; column < indexes.length; column += 1) {
      const place = indexes[column]?.classOf(values[column] ?? null);
      if (place === undefined) continue;
      if (place < 0) return scan(values, scope, run, most);
      starts.push(place * words);
    }
    const found: number[] = [];
    for (let word = 0; word < words; word += 1) {
      let bits = word === words - 1 ? lastWord : -1;
      for (let index = 0; index < starts.length && bits !== 0; index += 1) {
        bits &= masks[index]?.[(starts[index] ?? 0) + word] ?? 0;
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
  return { all };
}
