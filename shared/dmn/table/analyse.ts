import { siteOf } from "../run/site.ts";
import { optional } from "../source/optional.ts";
import type { LogicContext } from "../text/context.ts";
import type { ItemType } from "../types/item-types.ts";
import { placeInText } from "../xml/place.ts";
import { type CaseColumn, caseColumn } from "./case-space.ts";
import { type Example, findCoveredRows, findEmptyRows, findGaps, findOverlaps } from "./find-flaws.ts";
import { allSame, isMultiHit } from "./hit-policy.ts";
import type { TableProgram } from "./program.ts";
import { wordsFor } from "./row-index.ts";

/** Flaws of one kind that are reported for one table; of overlaps the rest are counted. */
const MAX_REPORTS = 10;
/** Gaps that are reported for one table. */
const MAX_GAPS = 5;
/** Tables with more rows are not analysed: it would take seconds. */
const MAX_ROWS = 2000;

/** Reports a flaw of the table, or of one of its rows. */
type Warn = (
  code: "gap" | "overlap" | "unreachable" | "table",
  message: string,
  shown?: { readonly row?: number; readonly beside?: number; readonly example?: Example },
) => void;

/**
 * Reports, as warnings with an example: inputs that no row covers, rows that overlap where the hit policy forbids
 * it, rows that never decide. Cells that only evaluating can answer for are given the benefit of the doubt.
 */
export function analyseTable(context: LogicContext, program: TableProgram): void {
  const { table, cells, inputs } = program;
  const warn: Warn = (code, message, { row, beside, example } = {}) => {
    const xml = row === undefined ? table.xml : table.rules[row]?.xml;
    const near = beside === undefined ? undefined : table.rules[beside]?.xml;
    const site = siteOf(context, xml);
    const line = near && placeInText(site.source, near).line;
    const shown = { ...optional("example", example), ...optional("beside", line) };
    context.log.add(site, code, message, { severity: "warning", ...shown });
  };
  const warnUnseen = (why: string): void =>
    warn("table", `the table is not looked at for gaps and overlaps: ${why}`);
  if (cells.length === 0) return;
  if (cells.length > MAX_ROWS) {
    warnUnseen(`it has more than ${MAX_ROWS} rows`);
    return;
  }
  const texts = [...new Set(inputs.map(({ text }) => text))];
  const columns = texts.map((text) => caseColumnOf(context, program, text));
  const known = columns.filter((column) => column !== undefined);
  reportEmptyRows(program, known, warn);
  if (known.length < columns.length) {
    const text = texts[columns.indexOf(undefined)];
    warnUnseen(`cells about "${text}" can only be told apart by evaluating them`);
    return;
  }
  reportGaps(program, known, warn);
  reportOverlaps(program, known, warn);
  if (table.hitPolicy === "FIRST") reportCoveredRows(program, known, warn);
}

/** What an input tells rows apart by, in all columns about it; undefined if their cells cannot be understood. */
function caseColumnOf(
  { items }: LogicContext,
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
function itemAt(items: LogicContext["items"], path: readonly string[]): ItemType | undefined {
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

function reportGaps(
  { table, outputs, cells }: TableProgram,
  columns: readonly CaseColumn[],
  warn: Warn,
): void {
  if (isMultiHit(table.hitPolicy) || outputs.byDefault !== undefined) return;
  for (const { example, closest } of findGaps(columns, cells.length, MAX_GAPS)) {
    warn("gap", `no row covers ${describe(example)}`, { example, beside: closest });
  }
}

function reportOverlaps(
  { table, outputs, cells }: TableProgram,
  columns: readonly CaseColumn[],
  warn: Warn,
): void {
  if (table.hitPolicy !== "UNIQUE" && table.hitPolicy !== "ANY") return;
  const matters = (first: number, second: number): boolean => {
    if (table.hitPolicy === "UNIQUE") return true;
    const [left, right] = [outputs.known[first], outputs.known[second]];
    return left !== undefined && right !== undefined && !allSame([left, right]);
  };
  const { shown, count, complete } = findOverlaps(columns, cells.length, matters, MAX_REPORTS);
  for (const { first, second, example } of shown) {
    const message = `rows ${first + 1} and ${second + 1} both match ${describe(example)} (hit policy ${table.hitPolicy})`;
    warn("overlap", message, { row: second, example });
  }
  const more = count - shown.length;
  if (more > 0) warn("overlap", `${more} more pairs of rows overlap`);
  if (!complete) warn("table", "the table is too large to look at all its rows for overlaps");
}

function reportEmptyRows({ cells }: TableProgram, columns: readonly CaseColumn[], warn: Warn): void {
  for (const { row, column } of findEmptyRows(columns, cells.length).slice(0, MAX_REPORTS)) {
    const why =
      column.casesOfRow[row]?.length === 0
        ? `no value of ${column.name} fits its cells`
        : `${column.name} never has the value in its cell`;
    warn("unreachable", `row ${row + 1} never matches: ${why}`, { row });
  }
}

function reportCoveredRows({ cells }: TableProgram, columns: readonly CaseColumn[], warn: Warn): void {
  for (const row of findCoveredRows(columns, cells.length).slice(0, MAX_REPORTS)) {
    warn("unreachable", `row ${row + 1} never decides: the rows above cover all its cases`, { row });
  }
}

function describe(example: Example): string {
  const entries = Object.entries(example);
  return entries.length === 0
    ? "the inputs"
    : entries.map(([name, value]) => `${name} = ${value}`).join(", ");
}
