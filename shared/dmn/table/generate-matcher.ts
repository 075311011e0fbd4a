import { FeelDate, FeelDaysDuration, FeelMonthsDuration, FeelObject, type FeelValue } from "#feel/index.ts";
import { placeIn } from "../source/place-in.ts";
import type { DirectMatch } from "../text/compiled.ts";
import { secondsOf } from "../types/cell-set.ts";
import type { ColumnClasses } from "./column-classes.ts";
import { type ColumnIndex, wordsFor } from "./row-index.ts";

/** One input column as the short way needs it. */
export interface DirectColumn extends ColumnIndex {
  /** A name in scope, or a name and an entry of the context that it stands for. */
  readonly path: readonly string[];
  /** Classes for which the long way must be taken, since they may not be allowed. */
  readonly doubtful: ReadonlySet<number>;
}

/** What the table answers: each row's output where it is constant, and the answer when no row matches. */
export interface DirectOutputs {
  readonly rows: readonly (FeelValue | undefined)[];
  readonly none: FeelValue | undefined;
  /** Whether the first of several matching rows decides; else several rows take the long way. */
  readonly firstWins: boolean;
}

const TYPES = { FeelDate, FeelDaysDuration, FeelMonthsDuration, FeelObject, secondsOf };

/** Beyond this many named texts a hash table is faster than comparing with one after the other. */
const MAX_SWITCH = 24;
/** Beyond this many ends a loop over them is as fast as nested comparisons, and shorter. */
const MAX_BRANCHES = 64;

/**
 * Writes the matcher of a table as JavaScript: look-ups by name and by index become plain property reads and
 * comparisons, several times faster than closures. The code is made of fixed parts, of numbers and of strings written
 * by JSON.stringify: nothing of the author's text reaches it in any other form (a test throws hostile names at it).
 * Undefined where the platform forbids making code; the closures then do the work.
 */
export function generateMatcher(
  columns: readonly DirectColumn[],
  outputs: DirectOutputs,
): DirectMatch | undefined {
  const words = wordsFor(outputs.rows.length);
  const tables = columns.map(({ classes }) => lookupTable(classes));
  const source = [
    `"use strict";`,
    "const { FeelDate, FeelDaysDuration, FeelMonthsDuration, FeelObject, secondsOf } = types;",
    ...columns.map((_, index) => `const masks${index} = masks[${index}], table${index} = tables[${index}];`),
    "return function matchRows(scope) {",
    "let value;",
    ...columns.flatMap((column, index) => classify(column, index)),
    words === 1 ? matchOneWord(columns, outputs) : matchWords(columns, outputs, words),
    "};",
  ].join("\n");
  try {
    const make = new Function("masks", "tables", "rows", "none", "types", "placeIn", source);
    const masks = columns.map((column) => column.masks);
    return make(masks, tables, outputs.rows, outputs.none, TYPES, placeIn);
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}

/** Sets `class<index>` to the class of the column's value, or returns to have the long way taken. */
function classify({ path, domain, classes, doubtful }: DirectColumn, index: number): string[] {
  const [name = "", entry] = path;
  const read =
    entry === undefined
      ? [`value = scope[${JSON.stringify(name)}];`]
      : [
          `value = scope[${JSON.stringify(name)}];`,
          "if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;",
          "if (value instanceof FeelObject) return undefined;",
          `value = value[${JSON.stringify(entry)}];`,
          // A missing entry is reported by the long way.
          "if (value === undefined) return undefined;",
        ];
  const test: Record<typeof domain, string> = {
    string: `typeof value === "string"`,
    boolean: `typeof value === "boolean"`,
    number: `typeof value === "number" && value === value`,
    date: "value instanceof FeelDate",
    months: "value instanceof FeelMonthsDuration",
    seconds: "value instanceof FeelDaysDuration",
  };
  const ordinal: Partial<Record<typeof domain, string>> = {
    date: "value = value.epochDay;",
    months: "value = value.months;",
    seconds: "value = secondsOf(value);",
  };
  return [
    `let class${index};`,
    ...read,
    `if (${test[domain]}) {`,
    ordinal[domain] ?? "",
    ...place(classes, index),
    `} else if (value === null) class${index} = ${classes.size};`,
    "else return undefined;",
    ...(doubtful.size === 0 ? [] : [`if (${isOneOf(`class${index}`, doubtful)}) return undefined;`]),
  ];
}

function isOneOf(name: string, classes: ReadonlySet<number>): string {
  return [...classes].map((index) => `${name} === ${index}`).join(" || ");
}

/** The class of `value`, which is of the column's kind: as a switch, as nested comparisons, or by look-up. */
function place(classes: ColumnClasses, index: number): string[] {
  if (classes.ends !== undefined) {
    const ends = classes.ends;
    if (ends.length > MAX_BRANCHES) return [`class${index} = placeIn(table${index}, value);`];
    return [`class${index} = ${branches(ends, 0, ends.length)};`];
  }
  const values = classes.values ?? [];
  const other = classes.size - 1;
  if (values.length > MAX_SWITCH) return [`class${index} = table${index}.get(value) ?? ${other};`];
  const cases = values.map((value, at) => `case ${JSON.stringify(value)}: class${index} = ${at}; break;`);
  return [`switch (value) { ${cases.join(" ")} default: class${index} = ${other}; }`];
}

/** Binary search written out: class 2i lies below end i, class 2i + 1 is end i. */
function branches(ends: readonly number[], low: number, high: number): string {
  if (low === high) return String(2 * low);
  const middle = (low + high) >>> 1;
  const end = ends[middle] ?? 0;
  const above = branches(ends, middle + 1, high);
  const below = branches(ends, low, middle);
  return `(value < ${end} ? ${below} : value > ${end} ? ${above} : ${2 * middle + 1})`;
}

function matchOneWord(columns: readonly DirectColumn[], { rows, firstWins }: DirectOutputs): string {
  const all = rows.length === 32 ? -1 : (1 << rows.length) - 1;
  const masks = columns.map((_, index) => `masks${index}[class${index}]`);
  return [
    `const bits = ${[String(all), ...masks].join(" & ")};`,
    "if (bits === 0) return none;",
    firstWins ? "" : "if ((bits & (bits - 1)) !== 0) return undefined;",
    "return rows[31 - Math.clz32(bits & -bits)];",
  ].join("\n");
}

function matchWords(
  columns: readonly DirectColumn[],
  { rows, firstWins }: DirectOutputs,
  words: number,
): string {
  const last = rows.length % 32 === 0 ? -1 : (1 << (rows.length % 32)) - 1;
  const starts = columns.map((_, index) => `const start${index} = class${index} * ${words};`);
  const masks = columns.map((_, index) => `masks${index}[start${index} + word]`);
  return [
    ...starts,
    "let found = -1;",
    `for (let word = 0; word < ${words}; word += 1) {`,
    `const bits = ${[`(word === ${words - 1} ? ${last} : -1)`, ...masks].join(" & ")};`,
    "if (bits === 0) continue;",
    firstWins ? "" : "if (found !== -1 || (bits & (bits - 1)) !== 0) return undefined;",
    "found = word * 32 + 31 - Math.clz32(bits & -bits);",
    firstWins ? "break;" : "",
    "}",
    "return found === -1 ? none : rows[found];",
  ].join("\n");
}

/** What a look-up needs where there are too many values to write out. */
function lookupTable(classes: ColumnClasses): Float64Array | ReadonlyMap<FeelValue, number> {
  if (classes.ends !== undefined) return Float64Array.from(classes.ends);
  return new Map((classes.values ?? []).map((value, index) => [value, index]));
}
