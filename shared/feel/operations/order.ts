import { bulkSteps, type Meter } from "../run/limits.ts";
import { compareTemporals } from "../temporal/compare.ts";
import type { FeelValue } from "../values/values.ts";

/**
 * Negative, zero or positive as `left` comes before, with or after `right`; null where FEEL knows no order: for
 * different types, null, booleans, lists, contexts, functions and ranges (DMN 1.5, table 42).
 */
export function compare(left: FeelValue, right: FeelValue, meter?: Meter): number | null {
  if (typeof left === "number") return typeof right === "number" ? left - right : null;
  if (typeof left === "string") {
    if (typeof right !== "string") return null;
    meter?.spend(bulkSteps(Math.min(left.length, right.length)));
    return compareStrings(left, right);
  }
  if (typeof left === "object" && left !== null) return compareTemporals(left, right);
  return null;
}

/** By Unicode code points: UTF-16 units order surrogates before U+E000. */
function compareStrings(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return isSurrogate(a) === isSurrogate(b) ? a - b : isSurrogate(a) ? 1 : -1;
  }
  return left.length - right.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
