import {
  FeelDate,
  FeelDaysDuration,
  FeelMonthsDuration,
  FeelRange,
  type FeelType,
  type FeelValue,
  isList,
  type UnaryShape,
} from "#feel/index.ts";

/** Kinds of values whose cells can be told apart without evaluating them. */
export type Domain = OrderedDomain | "string" | "boolean";
export type OrderedDomain = "number" | "date" | "months" | "seconds";

/** Values between two ends, as numbers: epoch days for dates, months or seconds for durations. */
export interface Interval {
  readonly low: number;
  readonly lowIncluded: boolean;
  readonly high: number;
  readonly highIncluded: boolean;
}

/** The values (null aside) that a cell of a decision table accepts, where that can be told from its text. */
export type CellSet =
  | { readonly kind: "any" }
  | { readonly kind: "none" }
  | { readonly kind: "ordered"; readonly domain: OrderedDomain; readonly intervals: readonly Interval[] }
  | {
      readonly kind: "listed";
      readonly domain: "string" | "boolean";
      readonly values: ReadonlySet<string | boolean>;
      readonly complement: boolean;
    };

export const ANY_CELL: CellSet = { kind: "any" };
export const EMPTY_CELL: CellSet = { kind: "none" };

/** The domain whose cells a column of that type has; undefined when its values cannot be told apart by text. */
export function domainOfType(type: FeelType): Domain | undefined {
  switch (type.kind) {
    case "number":
    case "string":
    case "boolean":
    case "date":
      return type.kind;
    case "years and months duration":
      return "months";
    case "days and time duration":
      return "seconds";
    default:
      return undefined;
  }
}

/** Where a value stands in its ordered domain, or NaN. */
export function ordinalOf(value: FeelValue): number {
  if (typeof value === "number") return value;
  if (value instanceof FeelDate) return value.epochDay;
  if (value instanceof FeelMonthsDuration) return value.months;
  if (value instanceof FeelDaysDuration) return secondsOf(value);
  return Number.NaN;
}

/** Ends are whole seconds (`setOfValue`), so that any fraction lies between two of them: which one does not matter. */
export const secondsOf = ({ seconds, nano }: FeelDaysDuration): number =>
  nano === 0 ? seconds : seconds + 0.5;

function domainOfValue(value: FeelValue): Domain | undefined {
  if (typeof value === "number") return "number";
  if (typeof value === "string") return "string";
  if (typeof value === "boolean") return "boolean";
  if (value instanceof FeelDate) return "date";
  if (value instanceof FeelMonthsDuration) return "months";
  return value instanceof FeelDaysDuration && value.nano === 0 ? "seconds" : undefined;
}

function isOrdered(domain: Domain): domain is OrderedDomain {
  return domain !== "string" && domain !== "boolean";
}

/** The set that holds one value; undefined for values that have no domain. */
function setOfValue(value: FeelValue): CellSet | undefined {
  if (value === null) return EMPTY_CELL;
  if (value instanceof FeelRange) return setOfRange(value);
  const domain = domainOfValue(value);
  if (domain === undefined) return undefined;
  if (domain === "string" || domain === "boolean") {
    if (typeof value !== "string" && typeof value !== "boolean") return undefined;
    return { kind: "listed", domain, values: new Set([value]), complement: false };
  }
  const at = ordinalOf(value);
  if (Number.isNaN(at)) return undefined;
  return {
    kind: "ordered",
    domain,
    intervals: [{ low: at, lowIncluded: true, high: at, highIncluded: true }],
  };
}

function setOfRange(range: FeelRange): CellSet | undefined {
  if (range.operator === "=" || range.operator === "!=") {
    const equalTo = range.low ?? range.high;
    // A range or list that values are equal to holds none of them.
    if (equalTo instanceof FeelRange || isList(equalTo)) return undefined;
    const point = setOfValue(equalTo);
    return point === undefined || range.operator === "=" ? point : complementOf(point);
  }
  const domain = domainOfValue(range.low ?? range.high);
  if (domain === undefined || !isOrdered(domain)) return undefined;
  if (range.low !== null && range.high !== null && domainOfValue(range.high) !== domain) return undefined;
  const low = range.low === null ? Number.NEGATIVE_INFINITY : ordinalOf(range.low);
  const high = range.high === null ? Number.POSITIVE_INFINITY : ordinalOf(range.high);
  if (Number.isNaN(low) || Number.isNaN(high)) return undefined;
  const { lowIncluded, highIncluded } = range;
  if (low > high || (low === high && !(lowIncluded && highIncluded))) return EMPTY_CELL;
  return { kind: "ordered", domain, intervals: [{ low, lowIncluded, high, highIncluded }] };
}

/** The values that a cell accepts, from what compiling its unary tests found out. */
export function cellSetOf(shape: UnaryShape): CellSet | undefined {
  if (shape.kind === "any") return ANY_CELL;
  if (shape.kind === "expression") return undefined;
  let set: CellSet = EMPTY_CELL;
  for (const test of shape.tests) {
    for (const value of isList(test) ? test : [test]) {
      const next = setOfValue(value);
      const joined = next === undefined ? undefined : unionOf(set, next);
      if (joined === undefined) return undefined;
      set = joined;
    }
  }
  return shape.negated ? complementOf(set) : set;
}

/** Values in either set; undefined when the two are not of one domain. */
function unionOf(left: CellSet, right: CellSet): CellSet | undefined {
  if (left.kind === "any" || right.kind === "none") return left;
  if (right.kind === "any" || left.kind === "none") return right;
  if (left.kind === "ordered" && right.kind === "ordered" && left.domain === right.domain) {
    return { ...left, intervals: [...left.intervals, ...right.intervals] };
  }
  if (left.kind !== "listed" || right.kind !== "listed" || left.domain !== right.domain) return undefined;
  if (left.complement || right.complement) return undefined;
  return { ...left, values: new Set([...left.values, ...right.values]) };
}

/** All values of the domain that are not in the set. */
function complementOf(set: CellSet): CellSet | undefined {
  switch (set.kind) {
    case "any":
      return EMPTY_CELL;
    case "none":
      return undefined;
    case "listed":
      return { ...set, complement: !set.complement };
    case "ordered":
      return { ...set, intervals: gapsBetween(set.intervals) };
  }
}

/** A place between values: just before or just after one. */
interface Cut {
  readonly value: number;
  readonly after: boolean;
}

function compareCuts(left: Cut, right: Cut): number {
  return left.value - right.value || Number(left.after) - Number(right.after);
}

function gapsBetween(intervals: readonly Interval[]): Interval[] {
  const spans = intervals
    .map((interval) => ({
      from: { value: interval.low, after: !interval.lowIncluded },
      to: { value: interval.high, after: interval.highIncluded },
    }))
    .sort((left, right) => compareCuts(left.from, right.from));
  const gaps: Interval[] = [];
  let reached: Cut = { value: Number.NEGATIVE_INFINITY, after: true };
  const end: Cut = { value: Number.POSITIVE_INFINITY, after: false };
  for (const { from, to } of [...spans, { from: end, to: end }]) {
    if (compareCuts(from, reached) > 0) {
      const lowIncluded = !reached.after;
      gaps.push({ low: reached.value, lowIncluded, high: from.value, highIncluded: from.after });
    }
    if (compareCuts(to, reached) > 0) reached = to;
  }
  return gaps;
}
