import { compare } from "../operations/order.ts";
import { readRangeLiteral } from "../syntax/range-literal.ts";
import { ANY, BOOLEAN, rangeOf } from "../values/types.ts";
import { FeelRange, type FeelValue } from "../values/values.ts";
import { type BuiltinFunction, builtin, overloaded } from "./builtin-function.ts";
import { overload } from "./signature.ts";

/** One end of a range; `side` says where an end that is null lies: before (-1) or after (1) everything. */
interface End {
  readonly value: FeelValue;
  readonly included: boolean;
  readonly side: -1 | 1;
}

function startOf(range: FeelRange): End {
  return { value: range.low, included: range.lowIncluded, side: -1 };
}

function endOf(range: FeelRange): End {
  return { value: range.high, included: range.highIncluded, side: 1 };
}

/** The two ends have no order: one is a number, the other a date, say. */
class Incomparable extends Error {}

function order(left: End, right: End): number {
  if (left.value === null || right.value === null) {
    return (left.value === null ? left.side : 0) - (right.value === null ? right.side : 0);
  }
  const result = compare(left.value, right.value);
  if (result === null) throw new Incomparable();
  return result;
}

type RangeTest = (left: FeelRange, right: FeelRange) => boolean;

function bothIncluded(left: End, right: End): boolean {
  return left.included && right.included;
}

function before(left: FeelRange, right: FeelRange): boolean {
  const gap = order(endOf(left), startOf(right));
  return gap < 0 || (gap === 0 && !bothIncluded(endOf(left), startOf(right)));
}

function meets(left: FeelRange, right: FeelRange): boolean {
  return bothIncluded(endOf(left), startOf(right)) && order(endOf(left), startOf(right)) === 0;
}

function overlaps(left: FeelRange, right: FeelRange): boolean {
  return !before(left, right) && !before(right, left);
}

/** Whether the left range starts first: a start that is included comes before the same start excluded. */
function startsFirst(left: FeelRange, right: FeelRange): boolean {
  const starts = order(startOf(left), startOf(right));
  return starts < 0 || (starts === 0 && left.lowIncluded && !right.lowIncluded);
}

function endsWithin(left: FeelRange, right: FeelRange): boolean {
  const ends = order(endOf(left), endOf(right));
  return ends < 0 || (ends === 0 && (!left.highIncluded || right.highIncluded));
}

function startsWithin(left: FeelRange, right: FeelRange): boolean {
  return !startsFirst(left, right);
}

function overlapsBefore(left: FeelRange, right: FeelRange): boolean {
  return startsFirst(left, right) && !before(left, right) && endsWithin(left, right);
}

function sameStart(left: FeelRange, right: FeelRange): boolean {
  return left.lowIncluded === right.lowIncluded && order(startOf(left), startOf(right)) === 0;
}

function sameEnd(left: FeelRange, right: FeelRange): boolean {
  return left.highIncluded === right.highIncluded && order(endOf(left), endOf(right)) === 0;
}

function finishes(left: FeelRange, right: FeelRange): boolean {
  return sameEnd(left, right) && startsWithin(left, right);
}

function starts(left: FeelRange, right: FeelRange): boolean {
  return sameStart(left, right) && endsWithin(left, right);
}

function during(left: FeelRange, right: FeelRange): boolean {
  return startsWithin(left, right) && endsWithin(left, right);
}

function swapped(test: RangeTest): RangeTest {
  return (left, right) => test(right, left);
}

/** A point is the range that holds it alone. */
function asRange(value: FeelValue): FeelRange {
  if (value instanceof FeelRange) return value;
  return new FeelRange({ low: value, lowIncluded: true, high: value, highIncluded: true });
}

type Side = `${string}:${"any" | "range"}`;
type Way = readonly [Side, Side];

const POINTS: Way = ["point1:any", "point2:any"];
const POINT_RANGE: Way = ["point:any", "range:range"];
const RANGE_POINT: Way = ["range:range", "point:any"];
const RANGES: Way = ["range1:range", "range2:range"];

function relation(name: string, ways: readonly Way[], test: RangeTest) {
  const decide = (left: FeelValue, right: FeelValue): boolean | undefined => {
    if (left === null || right === null) return undefined;
    try {
      return test(asRange(left), asRange(right));
    } catch (error) {
      if (error instanceof Incomparable) return undefined;
      throw error;
    }
  };
  const overloads = ways.map((way) =>
    overload(way, (_, ...values) =>
      // Any value fits a point, also a range.
      way.every((side, index) => side.endsWith("range") === values[index] instanceof FeelRange)
        ? decide(...values)
        : undefined,
    ),
  );
  return overloaded(name, BOOLEAN, ...overloads);
}

const ALL = [POINTS, POINT_RANGE, RANGE_POINT, RANGES];

/** How two ranges, or a point and a range, lie to each other (DMN 1.5, table 78). */
export function rangeFunctions(): BuiltinFunction[] {
  return [
    relation("before", ALL, before),
    relation("after", ALL, swapped(before)),
    relation("meets", [RANGES], meets),
    relation("met by", [RANGES], swapped(meets)),
    relation("overlaps", [RANGES], overlaps),
    relation("overlaps before", [RANGES], overlapsBefore),
    relation("overlaps after", [RANGES], swapped(overlapsBefore)),
    relation("finishes", [POINT_RANGE, RANGES], finishes),
    relation("finished by", [RANGE_POINT, RANGES], swapped(finishes)),
    relation("includes", [RANGE_POINT, RANGES], swapped(during)),
    relation("during", [POINT_RANGE, RANGES], during),
    relation("starts", [POINT_RANGE, RANGES], starts),
    relation("started by", [RANGE_POINT, RANGES], swapped(starts)),
    relation("coincides", [POINTS, RANGES], (left, right) => sameStart(left, right) && sameEnd(left, right)),
    builtin("range", rangeOf(ANY), ["from:string"], (_, text) => readRangeLiteral(text) ?? undefined),
  ];
}
