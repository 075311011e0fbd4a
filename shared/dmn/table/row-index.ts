import type { FeelValue } from "../../feel/index.ts";
import type { CellSet } from "./cell-set.ts";
import type { ColumnClasses } from "./column-classes.ts";

/**
 * For every class of values of one column, the set of rows whose cell accepts it, as bits: matching a row of inputs
 * is then one look-up a column and an AND of bit sets, whatever the number of rows.
 */
export interface ColumnIndex {
  readonly classOf: (value: FeelValue) => number;
  /** `words` 32-bit words a class, one after another. */
  readonly masks: Int32Array;
  readonly words: number;
}

export function wordsFor(rows: number): number {
  return Math.max(1, Math.ceil(rows / 32));
}

/**
 * The index of one column. A cell whose set is unknown counts as accepting everything: whoever uses the index asks
 * that cell itself. `acceptsNull` says for each row whether its cell accepts null, which has a class of its own.
 */
export function indexColumn(
  classes: ColumnClasses,
  cells: readonly (CellSet | undefined)[],
  acceptsNull: readonly boolean[],
): ColumnIndex {
  const words = wordsFor(cells.length);
  const nullClass = classes.size;
  const masks = new Int32Array((classes.size + 1) * words);
  cells.forEach((cell, row) => {
    const word = row >>> 5;
    const bit = 1 << (row & 31);
    const mark = (first: number, last: number): void => {
      for (let index = first; index <= last; index += 1) {
        const at = index * words + word;
        masks[at] = (masks[at] ?? 0) | bit;
      }
    };
    classes.classesIn(cell ?? { kind: "any" }, mark);
    if (cell === undefined || acceptsNull[row] === true) mark(nullClass, nullClass);
  });
  const { classOf } = classes;
  return { masks, words, classOf: (value) => (value === null ? nullClass : classOf(value)) };
}

/** Bytes that such an index takes. */
export function indexBytes(classes: ColumnClasses, rows: number): number {
  return (classes.size + 1) * wordsFor(rows) * 4;
}
