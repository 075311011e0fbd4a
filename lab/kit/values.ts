import {
  FeelDate,
  FeelDateTime,
  FeelDaysDuration,
  FeelMonthsDuration,
  FeelTime,
  type FeelValue,
  isContext,
  isList,
  newContext,
  parseDate,
  parseDateTime,
  parseDuration,
  parseTime,
} from "#feel/index.ts";
import type { TestValue } from "./read-cases.ts";

/** Numbers count as equal within this (the kit's own tolerance). */
const TOLERANCE = 1e-8;

/** The FEEL value that a test file writes. */
export function feelValue(value: TestValue): FeelValue {
  switch (value.kind) {
    case "list":
      return value.items.map(feelValue);
    case "context": {
      const context = newContext();
      for (const entry of value.entries) context[entry.name] = feelValue(entry.value);
      return context;
    }
    case "value":
      return value.text === null ? null : scalar(value.type, value.text);
  }
}

function scalar(type: string | undefined, text: string): FeelValue {
  switch (type) {
    case "decimal":
    case "double":
    case "integer":
    case "int":
    case "float":
      return Number(text);
    case "boolean":
      return text.trim() === "true" || text.trim() === "1";
    case "date":
      return parseDate(text.trim());
    case "time":
      return parseTime(text.trim());
    case "dateTime":
      return parseDateTime(text.trim());
    case "duration":
    case "yearMonthDuration":
    case "dayTimeDuration":
      return parseDuration(text.trim());
    case undefined:
      return untyped(text);
    default:
      return text;
  }
}

/** Some files give no type; it is then guessed from the text. */
function untyped(text: string): FeelValue {
  if (text === "") return null;
  if (text === "true" || text === "false") return text === "true";
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return parseDateTime(text) ?? text;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Whether a result is what the kit expects. */
export function sameValue(expected: FeelValue, actual: FeelValue): boolean {
  if (expected === null || actual === null) return expected === actual;
  if (typeof expected === "number") return typeof actual === "number" && sameNumber(expected, actual);
  if (typeof expected !== "object") return expected === actual;
  if (isList(expected)) {
    if (!isList(actual) || actual.length !== expected.length) return false;
    return expected.every((element, index) => sameValue(element, actual[index] ?? null));
  }
  if (isContext(expected)) {
    if (!isContext(actual)) return false;
    const names = Object.keys(expected);
    if (Object.keys(actual).length !== names.length) return false;
    return names.every(
      (name) => Object.hasOwn(actual, name) && sameValue(expected[name] ?? null, actual[name] ?? null),
    );
  }
  return sameTemporal(expected, actual);
}

function sameNumber(expected: number, actual: number): boolean {
  return expected === actual || Math.abs(expected - actual) <= TOLERANCE;
}

function sameTemporal(expected: FeelValue, actual: FeelValue): boolean {
  if (expected instanceof FeelDate)
    return actual instanceof FeelDate && expected.epochDay === actual.epochDay;
  if (expected instanceof FeelTime) {
    return (
      actual instanceof FeelTime &&
      expected.nanoOfDay === actual.nanoOfDay &&
      expected.offset === actual.offset &&
      expected.zone === actual.zone
    );
  }
  if (expected instanceof FeelDateTime) {
    return (
      actual instanceof FeelDateTime &&
      expected.epochDay === actual.epochDay &&
      expected.nanoOfDay === actual.nanoOfDay &&
      expected.offset === actual.offset
    );
  }
  if (expected instanceof FeelDaysDuration) {
    return (
      actual instanceof FeelDaysDuration &&
      expected.seconds === actual.seconds &&
      expected.nano === actual.nano
    );
  }
  return (
    expected instanceof FeelMonthsDuration &&
    actual instanceof FeelMonthsDuration &&
    expected.months === actual.months
  );
}
