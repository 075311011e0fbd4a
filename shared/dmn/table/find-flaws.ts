import type { CaseColumn } from "./case-space.ts";
import { wordsFor } from "./row-index.ts";
import { intersect, isEmpty, type RowSet, rowRange, rowsIn, unionOfCases } from "./row-set.ts";

/** Inputs that show a flaw: FEEL text by input expression. */
export type Example = Readonly<Record<string, string>>;

/** Cases that one search looks at: tables exist on which looking at everything would take for ever. */
const MAX_CASES = 200_000;

/** Inputs that no row covers, and the row that comes closest to covering them. */
export interface Gap {
  readonly example: Example;
  readonly closest: number;
}

/** Cases of inputs that no row covers; at most `most` of them. */
export function findGaps(columns: readonly CaseColumn[], rows: number, most: number): Gap[] {
  const found: Gap[] = [];
  let looked = 0;
  const search = (depth: number, left: RowSet, chosen: readonly number[]): void => {
    if (found.length >= most || looked > MAX_CASES) return;
    if (isEmpty(left)) {
      const shown = chosen.map((index, at) => columns[at]?.exampleOf(index) ?? "");
      found.push({ example: exampleOf(columns, shown), closest: closestRow(columns, rows, chosen) });
      return;
    }
    const column = columns[depth];
    if (column === undefined) return;
    looked += column.possible.length;
    for (const { index, rows: next } of distinctCases(column.possible, column.perhaps, left)) {
      search(depth + 1, next, [...chosen, index]);
    }
  };
  search(0, rowRange(0, rows, wordsFor(rows)), []);
  return found;
}

/** The first of the rows that accept the most of these cases, one a column; of rows with as many, in earlier columns. */
function closestRow(columns: readonly CaseColumn[], rows: number, chosen: readonly number[]): number {
  const words = wordsFor(rows);
  const accepted = new Array<number>(rows).fill(0);
  const width = columns.length;
  chosen.forEach((index, at) => {
    const { perhaps = new Int32Array() } = columns[at] ?? {};
    for (const row of rowsIn(intersect(rowRange(0, rows, words), perhaps, index))) {
      accepted[row] = (accepted[row] ?? 0) + width * width + (width - at);
    }
  });
  return accepted.indexOf(accepted.reduce((most, weight) => Math.max(most, weight), 0));
}

/** Cases that leave the same rows are one case for what follows. */
function distinctCases(
  cases: readonly number[],
  masks: Int32Array,
  left: RowSet,
): { index: number; rows: RowSet }[] {
  const seen = new Map<string, { index: number; rows: RowSet }>();
  for (const index of cases) {
    const rows = intersect(left, masks, index);
    const key = rows.join();
    if (!seen.has(key)) seen.set(key, { index, rows });
  }
  return [...seen.values()];
}

/** Pairs of rows that both match the inputs of the example. */
export interface Overlap {
  readonly first: number;
  readonly second: number;
  readonly example: Example;
}

/** How many pairs overlap, with the first of them; `complete`: whether all rows were looked at. */
export interface Overlaps {
  readonly shown: readonly Overlap[];
  readonly count: number;
  readonly complete: boolean;
}

/** Words of row sets that one search for overlaps may join: some hundred milliseconds. */
const MAX_JOINED = 50_000_000;

/** Overlapping rows, of which `matters` says whether that is a flaw, with examples for the first `most` of them. */
export function findOverlaps(
  columns: readonly CaseColumn[],
  rows: number,
  matters: (first: number, second: number) => boolean,
  most: number,
): Overlaps {
  const words = wordsFor(rows);
  const shown: Overlap[] = [];
  let count = 0;
  let joined = 0;
  for (let first = 0; first < rows; first += 1) {
    for (const { casesOfRow } of columns) joined += words * (casesOfRow[first]?.length ?? 0);
    if (joined > MAX_JOINED) return { shown, count, complete: false };
    let others = rowRange(first + 1, rows, words);
    for (const { casesOfRow, certain } of columns) {
      const touching = unionOfCases(certain, casesOfRow[first] ?? [], words);
      others = others.map((word, at) => word & (touching[at] ?? 0));
    }
    for (const second of rowsIn(others)) {
      if (!matters(first, second)) continue;
      count += 1;
      if (shown.length < most) shown.push({ first, second, example: commonCase(columns, first, second) });
    }
  }
  return { shown, count, complete: true };
}

function commonCase(columns: readonly CaseColumn[], first: number, second: number): Example {
  const chosen = columns.map(({ casesOfRow, exampleOf: example }) => {
    const others = new Set(casesOfRow[second]);
    return example((casesOfRow[first] ?? []).find((index) => others.has(index)) ?? 0);
  });
  return exampleOf(columns, chosen);
}

/** Rows that accept nothing that can occur, whatever the other rows are, each with the column that is to blame. */
export function findEmptyRows(
  columns: readonly CaseColumn[],
  rows: number,
): { readonly row: number; readonly column: CaseColumn }[] {
  const isEmptyIn = columns.map(({ casesOfRow, cases, possible }) => {
    const can = new Set([...possible, cases - 1]);
    return (row: number) => casesOfRow[row]?.every((index) => !can.has(index)) ?? false;
  });
  return Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
    const column = columns[isEmptyIn.findIndex((isEmpty) => isEmpty(row))];
    return column === undefined ? [] : [{ row, column }];
  });
}

/** Rows all of whose cases are covered by rows above: under hit policy FIRST they never decide. */
export function findCoveredRows(columns: readonly CaseColumn[], rows: number): number[] {
  const words = wordsFor(rows);
  let looked = 0;
  const isCovered = (row: number, depth: number, above: RowSet): boolean => {
    if (isEmpty(above) || looked > MAX_CASES) return false;
    const column = columns[depth];
    if (column === undefined) return true;
    const cases = column.casesOfRow[row] ?? [];
    looked += cases.length;
    return distinctCases(cases, column.certain, above).every(({ rows: next }) =>
      isCovered(row, depth + 1, next),
    );
  };
  const covered: number[] = [];
  for (let row = 1; row < rows; row += 1) {
    const isKnown = columns.every(({ casesOfRow }) => casesOfRow[row] !== undefined);
    if (isKnown && isCovered(row, 0, rowRange(0, row, words))) covered.push(row);
  }
  return covered;
}

function exampleOf(columns: readonly CaseColumn[], chosen: readonly string[]): Example {
  return Object.fromEntries(chosen.map((text, index) => [columns[index]?.name ?? "", text]));
}
