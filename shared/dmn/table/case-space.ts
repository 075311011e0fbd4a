import { FeelDate, FeelDaysDuration, FeelMonthsDuration, formatNumber, formatTemporal } from "#feel/index.ts";
import type { CompiledTests } from "../text/compiled.ts";
import type { CellSet, OrderedDomain } from "../types/cell-set.ts";
import { type ColumnClasses, columnClasses } from "./column-classes.ts";
import { domainOfColumn, setInDomain, wordsFor } from "./row-index.ts";

/**
 * The cases of one column: classes of values between which no cell tells a difference (after Calvanese et al.,
 * "Semantics and analysis of DMN decision tables", 2016). The last case is null.
 */
export interface CaseColumn {
  readonly name: string;
  readonly cases: number;
  /** Cases that can occur: null aside, those among the allowed values. */
  readonly possible: readonly number[];
  /** For each case the rows that certainly accept it, as bits (`wordsFor(rows)` words a case). */
  readonly certain: Int32Array;
  /** For each case the rows that accept it as far as can be told, as bits. */
  readonly perhaps: Int32Array;
  /** For each row, the cases that it accepts; undefined where only evaluating its cell can tell. */
  readonly casesOfRow: readonly (readonly number[] | undefined)[];
  /** FEEL text of a value that is such a case. */
  readonly exampleOf: (index: number) => string;
}

/**
 * The cases of an input, from each row's cells about it: more than one where several columns have the same input.
 * Undefined if the cells cannot be told apart by text, or do not matter.
 */
export function caseColumn(
  name: string,
  rows: readonly (readonly (CompiledTests | undefined)[])[],
  allowed: readonly CellSet[],
): CaseColumn | undefined {
  const domain = domainOfColumn(rows.flat());
  if (domain === undefined) return undefined;
  const sets = rows.flat().map((tests) => setInDomain(tests, domain));
  const inDomain = allowed.filter(
    (set) => (set.kind === "ordered" || set.kind === "listed") && set.domain === domain,
  );
  const classes = columnClasses(domain, [...sets, ...inDomain]);
  const words = wordsFor(rows.length);
  const cases = classes.size + 1;
  const certain = new Int32Array(cases * words);
  const perhaps = new Int32Array(cases * words);
  const casesOfRow = rows.map((cells, row) => {
    const include = (masks: Int32Array, index: number): void => {
      const at = index * words + (row >>> 5);
      masks[at] = (masks[at] ?? 0) | (1 << (row & 31));
    };
    let accepted = Array.from({ length: cases }, (_, index) => index);
    let isCertain = true;
    for (const tests of cells) {
      const set = setInDomain(tests, domain);
      const found = set && new Set(casesIn(classes, set, tests));
      if (found === undefined) isCertain = false;
      else accepted = accepted.filter((index) => found.has(index));
    }
    for (const index of accepted) {
      include(perhaps, index);
      if (isCertain) include(certain, index);
    }
    return isCertain ? accepted : undefined;
  });
  const possible = possibleCases(classes, inDomain);
  const exampleOf = (index: number): string =>
    index === classes.size ? "null" : classes.exampleOf(index, formatOrdinal);
  return { name, cases, possible, certain, perhaps, casesOfRow, exampleOf };
}

function casesIn(classes: ColumnClasses, set: CellSet, tests: CompiledTests | undefined): number[] {
  const found: number[] = [];
  classes.classesIn(set, (first, last) => {
    for (let index = first; index <= last; index += 1) if (classes.isInhabited(index)) found.push(index);
  });
  if (tests === undefined || tests.isAny || tests.acceptsNull) found.push(classes.size);
  return [...new Set(found)];
}

function possibleCases(classes: ColumnClasses, allowed: readonly CellSet[]): number[] {
  const possible: number[] = [];
  const allowedCases = allowed.map((set) => new Set(casesIn(classes, set, undefined)));
  for (let index = 0; index < classes.size; index += 1) {
    if (classes.isInhabited(index) && allowedCases.every((cases) => cases.has(index))) possible.push(index);
  }
  return possible;
}

function formatOrdinal(domain: OrderedDomain, ordinal: number): string {
  if (domain === "number") return formatNumber(ordinal);
  if (domain === "seconds") {
    const seconds = Math.floor(ordinal);
    return `duration("${formatTemporal(new FeelDaysDuration(seconds, (ordinal - seconds) * 1e9))}")`;
  }
  if (domain === "date") return `date("${formatTemporal(new FeelDate(ordinal))}")`;
  return `duration("${formatTemporal(new FeelMonthsDuration(ordinal))}")`;
}
