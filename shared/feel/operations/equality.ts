import { equalTemporals, sameTemporal } from "../temporal/compare.ts";
import {
  entryOf,
  FeelFunction,
  FeelObject,
  FeelRange,
  type FeelValue,
  isContext,
  isList,
} from "../values.ts";

/**
 * `left = right` (DMN 1.5, 10.3.2.13.1 and table 42): null if the two are of different types, which have no
 * equality; only null itself may be compared with anything.
 */
export function equal(left: FeelValue, right: FeelValue): boolean | null {
  if (left === right) return true;
  if (left === null || right === null || left === undefined || right === undefined) {
    return (left ?? null) === (right ?? null);
  }
  if (typeof left !== "object" || typeof right !== "object")
    return typeof left === typeof right ? false : null;
  if (left instanceof FeelObject || right instanceof FeelObject) return equalObjects(left, right);
  if (isList(left)) return isList(right) ? equalLists(left, right) : null;
  if (isList(right) || !isContext(left) || !isContext(right)) return null;
  return equalContexts(left, right);
}

function equalObjects(left: FeelValue, right: FeelValue): boolean | null {
  if (left instanceof FeelRange && right instanceof FeelRange) return equalRanges(left, right);
  if (left instanceof FeelFunction && right instanceof FeelFunction) return false;
  return equalTemporals(left, right);
}

function equalRanges(left: FeelRange, right: FeelRange): boolean {
  return (
    left.operator === right.operator &&
    left.lowIncluded === right.lowIncluded &&
    left.highIncluded === right.highIncluded &&
    equal(left.low, right.low) === true &&
    equal(left.high, right.high) === true
  );
}

function equalLists(left: readonly FeelValue[], right: readonly FeelValue[]): boolean {
  return (
    left.length === right.length && left.every((item, index) => equal(item, right[index] ?? null) === true)
  );
}

function equalContexts(
  left: Readonly<Record<string, FeelValue>>,
  right: Readonly<Record<string, FeelValue>>,
): boolean {
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every(
    (name) =>
      Object.hasOwn(right, name) && equal(entryOf(left, name) ?? null, entryOf(right, name) ?? null) === true,
  );
}

/** Sameness as the function `is` asks for it (DMN 1.5, 10.3.4.9). */
export function same(left: FeelValue, right: FeelValue): boolean {
  if (left instanceof FeelObject && right instanceof FeelObject && left.kind === right.kind) {
    if (left instanceof FeelRange || left instanceof FeelFunction) return equal(left, right) === true;
    return sameTemporal(left, right);
  }
  return equal(left, right) === true;
}
