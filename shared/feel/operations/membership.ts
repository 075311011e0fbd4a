import type { Meter } from "../run/limits.ts";
import type { FeelRange, FeelValue } from "../values/values.ts";
import { equal } from "./equality.ts";
import { compare } from "./order.ts";

/**
 * Whether the value lies in the range; null where that cannot be told: another type, null, or an end that is null
 * in a range that was not written as a test.
 */
export function inRange(value: FeelValue, range: FeelRange, meter?: Meter): boolean | null {
  if (range.operator === "=" || range.operator === "!=") {
    const isEqual = equal(value, range.low, meter);
    return isEqual === null || range.operator === "=" ? isEqual : !isEqual;
  }
  if (value === null) return null;
  const hasLow = range.operator !== "<" && range.operator !== "<=";
  const hasHigh = range.operator !== ">" && range.operator !== ">=";
  const fromLow = hasLow ? compare(value, range.low, meter) : null;
  if (fromLow !== null && (fromLow < 0 || (fromLow === 0 && !range.lowIncluded))) return false;
  const fromHigh = hasHigh ? compare(value, range.high, meter) : null;
  if (fromHigh !== null && (fromHigh > 0 || (fromHigh === 0 && !range.highIncluded))) return false;
  return (hasLow && fromLow === null) || (hasHigh && fromHigh === null) ? null : true;
}
