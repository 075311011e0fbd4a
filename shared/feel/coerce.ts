import type { Meter } from "./limits.ts";
import { type ContextType, conformsTo, type FeelType } from "./types.ts";
import {
  entryOf,
  FeelDate,
  FeelDateTime,
  FeelFunction,
  FeelObject,
  FeelRange,
  type FeelValue,
  isContext,
  isList,
} from "./values.ts";

/** Whether the value is of the type; null is of every type. */
export function isOfType(value: FeelValue, type: FeelType, meter?: Meter): boolean {
  if (value === null || value === undefined) return true;
  switch (type.kind) {
    case "any":
      return true;
    case "null":
      return false;
    case "string":
    case "number":
    case "boolean":
      return typeof value === type.kind;
    case "list":
      if (!isList(value) || type.element.kind === "any") return isList(value);
      meter?.spend(value.length);
      return value.every((item) => isOfType(item, type.element, meter));
    case "context":
      return isContext(value) && hasEntries(value, type, meter);
    case "range":
      return (
        value instanceof FeelRange && isOfType(value.low, type.element) && isOfType(value.high, type.element)
      );
    case "function":
      return value instanceof FeelFunction && conformsTo(value.type, type);
    default:
      return value instanceof FeelObject && value.kind === type.kind;
  }
}

function hasEntries(
  value: Readonly<Record<string, FeelValue>>,
  type: ContextType,
  meter: Meter | undefined,
): boolean {
  return Object.entries(type.entries).every(([name, entry]) => {
    const found = entryOf(value, name);
    return found !== undefined && isOfType(found, entry, meter);
  });
}

/**
 * The value as the type wants it, or undefined if it cannot be (DMN 1.5, 10.3.2.9.4 "Conversions"): an element
 * becomes a list of one and back, a date becomes its midnight in UTC.
 */
export function coerce(value: FeelValue, type: FeelType, meter?: Meter): FeelValue | undefined {
  if (value === null || value === undefined) return null;
  if (type.kind === "any" || isOfType(value, type, meter)) return value;
  if (isList(value)) {
    const only = value[0];
    if (type.kind !== "list")
      return value.length === 1 && only !== undefined ? coerceElement(only, type, meter) : undefined;
    return undefined;
  }
  if (type.kind === "list") return isOfType(value, type.element, meter) ? [value] : undefined;
  return type.kind === "date and time" && value instanceof FeelDate
    ? new FeelDateTime(value.epochDay, 0, 0, null)
    : undefined;
}

function coerceElement(value: FeelValue, type: FeelType, meter: Meter | undefined): FeelValue | undefined {
  return isOfType(value, type, meter) ? value : undefined;
}
