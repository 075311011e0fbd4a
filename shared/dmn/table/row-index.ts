import type { FeelValue } from "#feel/index.ts";
import type { CompiledTests } from "../text/compiled.ts";
import { type CellSet, type Domain, domainOfType } from "../types/cell-set.ts";
import { type ColumnClasses, columnClasses } from "./column-classes.ts";

/**
 * For every class of values of one column, the set of rows whose cell accepts it, as bits: matching a row of inputs
 * is then one look-up a column and an AND of bit sets, whatever the number of rows.
 */
export interface ColumnIndex {
  readonly domain: Domain;
  readonly classes: ColumnClasses;
  /** The sets of the cells; undefined for a cell that only evaluating can answer for. */
  readonly sets: readonly (CellSet | undefined)[];
  /** For each class, null's at the end: the rows that accept it, `wordsFor(rows)` 32-bit words a class. */
  readonly masks: Int32Array;
  readonly classOf: (value: FeelValue) => number;
}

type Cells = readonly (CompiledTests | undefined)[];

/** How many 32-bit words hold one bit for each row. */
export function wordsFor(rows: number): number {
  return Math.max(1, Math.ceil(rows / 32));
}

/** Whether the column has no condition at all. */
export function isIrrelevant(cells: Cells): boolean {
  return cells.every((tests) => tests === undefined || tests.isAny);
}

/** The kind of values that a column is about: that of its declared type, else of its first cell that tells. */
export function domainOfColumn(cells: Cells): Domain | undefined {
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

/**
 * The index of one column; undefined where its cells say nothing by their text, or where it would take more memory
 * than allowed. A cell whose set is unknown counts as accepting everything: whoever uses the index asks that cell.
 */
export function indexColumn(cells: Cells, maxBytes: number): ColumnIndex | undefined {
  const domain = domainOfColumn(cells);
  if (domain === undefined || isIrrelevant(cells)) return undefined;
  const sets = cells.map((tests) => setInDomain(tests, domain));
  const classes = columnClasses(domain, sets);
  const words = wordsFor(cells.length);
  const nullClass = classes.size;
  if ((nullClass + 1) * words * 4 > maxBytes) return undefined;
  const masks = new Int32Array((nullClass + 1) * words);
  sets.forEach((set, row) => {
    const word = row >>> 5;
    const bit = 1 << (row & 31);
    const mark = (first: number, last: number): void => {
      for (let index = first; index <= last; index += 1) {
        const at = index * words + word;
        masks[at] = (masks[at] ?? 0) | bit;
      }
    };
    classes.classesIn(set ?? { kind: "any" }, mark);
    if (set === undefined || cells[row] === undefined || cells[row].acceptsNull) mark(nullClass, nullClass);
  });
  const { classOf } = classes;
  return {
    domain,
    classes,
    sets,
    masks,
    classOf: (value) => (value === null ? nullClass : classOf(value)),
  };
}
