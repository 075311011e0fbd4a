import { bulkSteps, type Meter } from "../run/limits.ts";
import { equalTemporals, sameTemporal } from "../temporal/compare.ts";
import {
  entryOf,
  FeelFunction,
  type FeelList,
  FeelObject,
  FeelRange,
  type FeelValue,
  isContext,
  isList,
} from "../values/values.ts";

/**
 * `left = right` (DMN 1.5, 10.3.2.13.1 and table 42): null if the two are of different types, which have no
 * equality; only null itself may be compared with anything. `meter` is told what comparing takes.
 */
export function equal(left: FeelValue, right: FeelValue, meter?: Meter): boolean | null {
  if (typeof left === "string" && typeof right === "string") {
    meter?.spend(bulkSteps(Math.min(left.length, right.length)));
  }
  if (left === right) return true;
  if (left === null || right === null || left === undefined || right === undefined) {
    return (left ?? null) === (right ?? null);
  }
  if (typeof left !== "object" || typeof right !== "object")
    return typeof left === typeof right ? false : null;
  if (left instanceof FeelObject || right instanceof FeelObject) return equalObjects(left, right, meter);
  if (isList(left)) return isList(right) ? equalLists(left, right, meter) : null;
  if (isList(right) || !isContext(left) || !isContext(right)) return null;
  return equalContexts(left, right, meter);
}

function equalObjects(left: FeelValue, right: FeelValue, meter?: Meter): boolean | null {
  if (left instanceof FeelRange && right instanceof FeelRange) return equalRanges(left, right, meter);
  if (left instanceof FeelFunction && right instanceof FeelFunction) return false;
  return equalTemporals(left, right);
}

function equalRanges(left: FeelRange, right: FeelRange, meter?: Meter): boolean {
  return (
    left.operator === right.operator &&
    left.lowIncluded === right.lowIncluded &&
    left.highIncluded === right.highIncluded &&
    equal(left.low, right.low, meter) === true &&
    equal(left.high, right.high, meter) === true
  );
}

function equalLists(left: FeelList, right: FeelList, meter?: Meter): boolean {
  if (left.length !== right.length) return false;
  meter?.spend(left.length);
  return left.every((item, index) => equal(item, right[index] ?? null, meter) === true);
}

function equalContexts(
  left: Readonly<Record<string, FeelValue>>,
  right: Readonly<Record<string, FeelValue>>,
  meter?: Meter,
): boolean {
  const names = Object.keys(left);
  meter?.spend(names.length);
  if (names.length !== Object.keys(right).length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(right, name) &&
      equal(entryOf(left, name) ?? null, entryOf(right, name) ?? null, meter) === true,
  );
}

/** Sameness as the function `is` asks for it (DMN 1.5, 10.3.4.9). */
export function same(left: FeelValue, right: FeelValue, meter?: Meter): boolean {
  if (left instanceof FeelObject && right instanceof FeelObject && left.kind === right.kind) {
    if (left instanceof FeelRange || left instanceof FeelFunction) return equal(left, right, meter) === true;
    return sameTemporal(left, right);
  }
  return equal(left, right, meter) === true;
}
