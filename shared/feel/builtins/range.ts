import type { Frame } from "../frame.ts";
import { compare } from "../operations/order.ts";
import { readRangeLiteral } from "../syntax/range-literal.ts";
import { ANY, BOOLEAN, rangeOf } from "../types.ts";
import { FeelRange, type FeelValue } from "../values.ts";
import { type BuiltinFunction, builtin, overload } from "./signature.ts";

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
  const starts = order(startOf(left), startOf(right));
  return starts > 0 || (starts === 0 && (!left.lowIncluded || right.lowIncluded));
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
  return value instanceof FeelRange ? value : new FeelRange(value, true, value, true);
}

type Shape = "points" | "point range" | "range point" | "ranges";

function relation(name: string, shapes: readonly Shape[], test: RangeTest) {
  const decide = (left: FeelValue, right: FeelValue): boolean | undefined => {
    if (left === null || right === null) return undefined;
    try {
      return test(asRange(left), asRange(right));
    } catch (error) {
      if (error instanceof Incomparable) return undefined;
      throw error;
    }
  };
  const isPoint = (value: FeelValue): boolean => !(value instanceof FeelRange);
  const ofPoints = (left: boolean, right: boolean) => (_: Frame, first: FeelValue, second: FeelValue) =>
    isPoint(first) === left && isPoint(second) === right ? decide(first, second) : undefined;
  const overloads = shapes.map((shape) => {
    switch (shape) {
      case "points":
        return overload(["point1:any", "point2:any"], ofPoints(true, true));
      case "point range":
        return overload(["point:any", "range:range"], ofPoints(true, false));
      case "range point":
        return overload(["range:range", "point:any"], ofPoints(false, true));
      case "ranges":
        return overload(["range1:range", "range2:range"], ofPoints(false, false));
    }
    return shape satisfies never;
  });
  return builtin(name, BOOLEAN, ...overloads);
}

const ALL: readonly Shape[] = ["points", "point range", "range point", "ranges"];

/** How two ranges, or a point and a range, lie to each other (DMN 1.5, table 78). */
export function rangeFunctions(): BuiltinFunction[] {
  return [
    relation("before", ALL, before),
    relation("after", ALL, swapped(before)),
    relation("meets", ["ranges"], meets),
    relation("met by", ["ranges"], swapped(meets)),
    relation("overlaps", ["ranges"], overlaps),
    relation("overlaps before", ["ranges"], overlapsBefore),
    relation("overlaps after", ["ranges"], swapped(overlapsBefore)),
    relation("finishes", ["point range", "ranges"], finishes),
    relation("finished by", ["range point", "ranges"], swapped(finishes)),
    relation("includes", ["range point", "ranges"], swapped(during)),
    relation("during", ["point range", "ranges"], during),
    relation("starts", ["point range", "ranges"], starts),
    relation("started by", ["range point", "ranges"], swapped(starts)),
    relation(
      "coincides",
      ["points", "ranges"],
      (left, right) => sameStart(left, right) && sameEnd(left, right),
    ),
    builtin(
      "range",
      rangeOf(ANY),
      overload(["from:string"], (_, text) => readRangeLiteral(text) ?? undefined),
    ),
  ];
}
