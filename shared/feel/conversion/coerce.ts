import type { Meter } from "../run/limits.ts";
import {
  ANY,
  type ContextType,
  conformsTo,
  type FeelType,
  type FunctionType,
  isUnknown,
} from "../values/types.ts";
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
} from "../values/values.ts";

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
      return value instanceof FeelFunction && (type.open === true || isCallableAs(value, type));
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

/** A result of which nothing is known before the call may be what is wanted. */
function isCallableAs(value: FeelFunction, { parameters, result }: FunctionType): boolean {
  const { type } = value;
  return (
    value.takes(parameters.length) &&
    type.parameters.every((parameter, index) => conformsTo(parameters[index] ?? ANY, parameter)) &&
    (isUnknown(type.result) || conformsTo(type.result, result))
  );
}

/**
 * The value as the type wants it, or undefined if it cannot be (DMN 1.5, 10.3.2.9.4 "Conversions"): an element
 * becomes a list of one and back, a date becomes its midnight in UTC.
 */
export function coerce(value: FeelValue, type: FeelType, meter?: Meter): FeelValue | undefined {
  if (value === null || value === undefined) return null;
  if (type.kind === "any" || isOfType(value, type, meter)) return value;
  const only = isList(value) && value.length === 1 ? value[0] : undefined;
  if (only !== undefined && isOfType(only, type, meter)) return only;
  if (type.kind === "list") return isOfType(value, type.element, meter) ? [value] : undefined;
  return type.kind === "date and time" && value instanceof FeelDate
    ? new FeelDateTime(value.epochDay, 0, 0, null)
    : undefined;
}
