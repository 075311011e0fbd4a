import type { FeelValue } from "#feel/index.ts";
import { placeIn } from "../source/place-in.ts";
import {
  type CellSet,
  type Domain,
  type Interval,
  type OrderedDomain,
  ordinalOf,
} from "../types/cell-set.ts";

/**
 * The values of one column, cut into classes that no cell of the column tells apart: each named value is a class,
 * and so is each stretch between two neighbouring ends. What holds for one value of a class holds for all of it.
 */
export interface ColumnClasses {
  readonly size: number;
  /** The ends in order, for an ordered domain: class 2i lies below end i, class 2i + 1 is end i. */
  readonly ends?: readonly number[];
  /** The named values, for the other domains: class i is value i, the last class all other texts. */
  readonly values?: readonly FeelValue[];
  /** The class of a value, or -1 for null and for values of another kind. */
  readonly classOf: (value: FeelValue) => number;
  /** Calls `mark` with each run of classes that the set holds, ends inclusive. */
  readonly classesIn: (set: CellSet, mark: (first: number, last: number) => void) => void;
  /** Whether any value can fall into the class: between two neighbouring days there is none. */
  readonly isInhabited: (index: number) => boolean;
  /** FEEL text for a value of the class, for messages. */
  readonly exampleOf: (index: number, format: (domain: OrderedDomain, ordinal: number) => string) => string;
}

/** Cuts the values of a column; `cells` are its cells as far as their sets are known. */
export function columnClasses(domain: Domain, cells: readonly (CellSet | undefined)[]): ColumnClasses {
  return domain === "string" || domain === "boolean"
    ? listedClasses(domain, cells)
    : orderedClasses(domain, cells);
}

function listedClasses(domain: "string" | "boolean", cells: readonly (CellSet | undefined)[]): ColumnClasses {
  const named = new Map<FeelValue, number>();
  const include = (value: string | boolean): void => {
    if (!named.has(value)) named.set(value, named.size);
  };
  if (domain === "boolean") for (const value of [true, false]) include(value);
  for (const cell of cells) if (cell?.kind === "listed") for (const value of cell.values) include(value);
  const values = [...named.keys()];
  // One class more: all strings that no cell names.
  const size = domain === "boolean" ? 2 : values.length + 1;
  const other = size - 1;
  return {
    size,
    values,
    classOf: (value) => {
      const index = named.get(value);
      if (index !== undefined) return index;
      return typeof value === "string" && domain === "string" ? other : -1;
    },
    classesIn: (set, mark) => {
      if (set.kind === "any") mark(0, size - 1);
      if (set.kind !== "listed") return;
      for (let index = 0; index < size; index += 1) {
        const value = values[index];
        const listed = (typeof value === "string" || typeof value === "boolean") && set.values.has(value);
        if (listed !== set.complement) mark(index, index);
      }
    },
    isInhabited: () => true,
    exampleOf: (index) => {
      const value = values[index];
      return value === undefined ? "any other text" : JSON.stringify(value);
    },
  };
}

/** Classes of an ordered column with ends e0 < e1 < ...: 0 lies below e0, 1 is e0, 2 lies between e0 and e1, ... */
function orderedClasses(domain: OrderedDomain, cells: readonly (CellSet | undefined)[]): ColumnClasses {
  const ends = new Set<number>();
  for (const cell of cells) {
    if (cell?.kind !== "ordered" || cell.domain !== domain) continue;
    for (const { low, high } of cell.intervals) {
      // Adding 0 turns -0 into 0: the two are one number.
      if (Number.isFinite(low)) ends.add(low + 0);
      if (Number.isFinite(high)) ends.add(high + 0);
    }
  }
  const sorted = Float64Array.from(ends).sort();
  const classOf = (value: FeelValue): number => {
    if (typeof value === "number")
      return domain === "number" && !Number.isNaN(value) ? placeIn(sorted, value) : -1;
    if (typeof value !== "object" || value === null || !("kind" in value)) return -1;
    return value.kind === KINDS[domain] ? placeIn(sorted, ordinalOf(value)) : -1;
  };
  return {
    size: 2 * sorted.length + 1,
    ends: [...sorted],
    classOf,
    classesIn: (set, mark) => {
      if (set.kind === "any") mark(0, 2 * sorted.length);
      if (set.kind !== "ordered") return;
      for (const interval of set.intervals) mark(firstClass(sorted, interval), lastClass(sorted, interval));
    },
    isInhabited: (index) => {
      if (!isWhole(domain) || index % 2 === 1) return true;
      const low = sorted[index / 2 - 1];
      const high = sorted[index / 2];
      return low === undefined || high === undefined || high - low > 1;
    },
    exampleOf: (index, format) => format(domain, exampleOrdinal(sorted, index, domain)),
  };
}

const KINDS = {
  number: "number",
  date: "date",
  months: "years and months duration",
  seconds: "days and time duration",
} as const;

/** Whether nothing lies between two neighbouring whole numbers of the domain. */
const isWhole = (domain: OrderedDomain): boolean => domain === "date" || domain === "months";

function firstClass(ends: Float64Array, { low, lowIncluded }: Interval): number {
  if (low === Number.NEGATIVE_INFINITY) return 0;
  const place = placeIn(ends, low);
  return lowIncluded ? place : place + 1;
}

function lastClass(ends: Float64Array, { high, highIncluded }: Interval): number {
  if (high === Number.POSITIVE_INFINITY) return 2 * ends.length;
  const place = placeIn(ends, high);
  return highIncluded ? place : place - 1;
}

function exampleOrdinal(ends: Float64Array, index: number, domain: OrderedDomain): number {
  const end = ends[(index - 1) / 2];
  if (end !== undefined) return end;
  const low = ends[index / 2 - 1];
  const high = ends[index / 2];
  if (low === undefined) return high === undefined ? 0 : Math.ceil(high) - 1;
  if (high === undefined) return Math.floor(low) + 1;
  const whole = Math.floor(low) + 1;
  return whole < high || isWhole(domain) ? whole : (low + high) / 2;
}
