import type { BoxContext } from "../compile/boxed.ts";
import type { ItemType } from "../compile/item-types.ts";
import { optional } from "../optional.ts";
import { type CaseColumn, caseColumn } from "./case-space.ts";
import type { TableProgram } from "./compile-table.ts";
import { type Example, findCoveredRows, findEmptyRows, findGaps, findOverlaps } from "./find-flaws.ts";
import { allSame, isMultiHit } from "./hit-policy.ts";
import { wordsFor } from "./row-index.ts";

/** Flaws of one kind reported for one table; the rest are counted. */
const MAX_REPORTS = 10;
const MAX_GAPS = 5;
/** Beyond this a table is not analysed: it would take seconds. */
const MAX_ROWS = 2000;

/**
 * Reports, as warnings with an example: inputs that no row covers, rows that overlap where the hit policy forbids
 * it, rows that never decide. Cells that only evaluating can answer for are given the benefit of the doubt.
 */
export function analyseTable(context: BoxContext, program: TableProgram): void {
  const { table, cells } = program;
  const rows = cells.length;
  if (rows === 0) return;
  if (rows > MAX_ROWS) {
    warnUnseen(context, program, `it has more than ${MAX_ROWS} rows`);
    return;
  }
  const texts = [...new Set(program.inputs.map(({ text }) => text))];
  const columns = texts.map((text) => caseColumnOf(context, program, text));
  const complete = columns.every((column) => column !== undefined);
  const known = columns.filter((column) => column !== undefined);
  reportEmptyRows(context, program, known);
  if (!complete) {
    const text = texts[columns.indexOf(undefined)];
    warnUnseen(context, program, `cells about "${text}" can only be told apart by evaluating them`);
    return;
  }
  reportGaps(context, program, known);
  reportOverlaps(context, program, known);
  if (table.hitPolicy === "FIRST") reportCoveredRows(context, program, known);
}

/** What an input tells rows apart by, in all columns about it; undefined if their cells cannot be understood. */
function caseColumnOf(
  { items }: BoxContext,
  { inputs, cells }: TableProgram,
  text: string,
): CaseColumn | undefined {
  const rows = cells.map((row) => row.filter((_, index) => inputs[index]?.text === text));
  const allowed = inputs
    .filter((input) => input.text === text)
    .flatMap(({ allowed: own, direct: { path = [], declared } }) => [
      own?.set,
      ...[itemAt(items, path), ...declared].flatMap((item) => item?.allowedSets),
    ]);
  if (rows.flat().every((tests) => tests.isAny)) return anythingColumn(text, rows.length);
  return caseColumn(
    text,
    rows,
    allowed.filter((set) => set !== undefined),
  );
}

/** The declared type of what a path leads to, from a name in scope or from one behind the name of an import. */
function itemAt(items: BoxContext["items"], path: readonly string[]): ItemType | undefined {
  const length = items.has(path[0] ?? "") ? 1 : 2;
  const start = items.get(path.slice(0, length).join("."));
  return path.slice(length).reduce((item, name) => item?.components?.get(name), start);
}

/** A column without any condition, whatever the kind of its values. */
function anythingColumn(name: string, rows: number): CaseColumn {
  const masks = new Int32Array(wordsFor(rows)).fill(-1);
  const casesOfRow = Array.from({ length: rows }, () => [0]);
  return {
    name,
    cases: 1,
    possible: [0],
    certain: masks,
    perhaps: masks,
    casesOfRow,
    exampleOf: () => "anything",
  };
}

function reportGaps(context: BoxContext, program: TableProgram, columns: readonly CaseColumn[]): void {
  const { table, outputs, cells } = program;
  if (isMultiHit(table.hitPolicy) || outputs.byDefault !== undefined) return;
  for (const example of findGaps(columns, cells.length, MAX_GAPS)) {
    warn(context, program, "gap", `no row covers ${describe(example)}`, undefined, example);
  }
}

function reportOverlaps(context: BoxContext, program: TableProgram, columns: readonly CaseColumn[]): void {
  const { table, outputs, cells } = program;
  if (table.hitPolicy !== "UNIQUE" && table.hitPolicy !== "ANY") return;
  const matters = (first: number, second: number): boolean => {
    if (table.hitPolicy === "UNIQUE") return true;
    const [left, right] = [outputs.known[first], outputs.known[second]];
    return left !== undefined && right !== undefined && !allSame([left, right]);
  };
  const { shown, count, complete } = findOverlaps(columns, cells.length, matters, MAX_REPORTS);
  for (const { first, second, example } of shown) {
    const message = `rows ${first + 1} and ${second + 1} both match ${describe(example)} (hit policy ${table.hitPolicy})`;
    warn(context, program, "overlap", message, second, example);
  }
  const more = count - shown.length;
  if (more > 0) warn(context, program, "overlap", `${more} more pairs of rows overlap`);
  if (!complete)
    warn(context, program, "table", "the table is too large to look at all its rows for overlaps");
}

function reportEmptyRows(context: BoxContext, program: TableProgram, columns: readonly CaseColumn[]): void {
  for (const { row, column } of findEmptyRows(columns, program.cells.length).slice(0, MAX_REPORTS)) {
    const why =
      column.casesOfRow[row]?.length === 0
        ? `no value of ${column.name} fits its cells`
        : `${column.name} never has the value in its cell`;
    warn(context, program, "unreachable", `row ${row + 1} never matches: ${why}`, row);
  }
}

function reportCoveredRows(context: BoxContext, program: TableProgram, columns: readonly CaseColumn[]): void {
  for (const row of findCoveredRows(columns, program.cells.length).slice(0, MAX_REPORTS)) {
    const message = `row ${row + 1} never decides: the rows above cover all its cases`;
    warn(context, program, "unreachable", message, row);
  }
}

const warnUnseen = (context: BoxContext, program: TableProgram, why: string): void =>
  warn(context, program, "table", `the table is not looked at for gaps and overlaps: ${why}`);

function describe(example: Example): string {
  const entries = Object.entries(example);
  return entries.length === 0
    ? "the inputs"
    : entries.map(([name, value]) => `${name} = ${value}`).join(", ");
}

function warn(
  context: BoxContext,
  { table }: TableProgram,
  code: "gap" | "overlap" | "unreachable" | "table",
  message: string,
  row?: number,
  example?: Example,
): void {
  const xml = row === undefined ? table.xml : table.rules[row]?.xml;
  context.log.add(context, xml, code, message, { severity: "warning", ...optional("example", example) });
}
