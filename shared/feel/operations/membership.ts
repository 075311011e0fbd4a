import type { FeelRange, FeelValue } from "../values.ts";
import { equal } from "./equality.ts";
import { compare } from "./order.ts";

/** Whether the value lies in the range; null where that cannot be told (other type, null). */
export function inRange(value: FeelValue, range: FeelRange): boolean | null {
  if (range.operator === "=" || range.operator === "!=") {
    const isEqual = equal(value, range.low);
    return isEqual === null || range.operator === "=" ? isEqual : !isEqual;
  }
  if (value === null) return null;
  if (range.low === null && range.high === null) return null;
  let undecided = false;
  if (range.low !== null) {
    const order = compare(value, range.low);
    if (order === null) undecided = true;
    else if (order < 0 || (order === 0 && !range.lowIncluded)) return false;
  }
  if (range.high !== null) {
    const order = compare(value, range.high);
    if (order === null) undecided = true;
    else if (order > 0 || (order === 0 && !range.highIncluded)) return false;
  }
  return undecided ? null : true;
}
