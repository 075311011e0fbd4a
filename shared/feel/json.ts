import { coerce } from "./conversion/coerce.ts";
import { formatValue } from "./conversion/format.ts";
import { formatTemporal } from "./temporal/format.ts";
import { parseDate, parseDateTime, parseDuration, parseTime } from "./temporal/parse.ts";
import { ANY, type ContextType, type FeelType } from "./values/types.ts";
import {
  entryOf,
  FeelFunction,
  FeelObject,
  FeelRange,
  type FeelValue,
  isContext,
  isList,
  newContext,
} from "./values/values.ts";

/**
 * The FEEL value of a JSON value. Strings become dates, times and durations where the type says so. Null where the
 * value does not fit the type; entries that a context type does not declare are kept as they are.
 */
export function fromJson(value: unknown, type: FeelType = ANY): FeelValue {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case "date":
    case "time":
    case "date and time":
    case "days and time duration":
    case "years and months duration":
      return temporal(value, type.kind);
    case "list":
      return Array.isArray(value) ? value.map((item) => fromJson(item, type.element)) : coerced(value, type);
    case "context":
      return isContext(value) ? contextFrom(value, type) : null;
    default:
      return coerced(value, type);
  }
}

function temporal(value: unknown, kind: string): FeelValue {
  if (typeof value !== "string") return isFeelObject(value) && value.kind === kind ? value : null;
  const parsed = PARSERS[kind]?.(value) ?? null;
  return parsed?.kind === kind ? parsed : null;
}

const PARSERS: Readonly<Record<string, (text: string) => (FeelObject & FeelValue) | null>> = {
  date: parseDate,
  time: parseTime,
  "date and time": parseDateTime,
  "days and time duration": parseDuration,
  "years and months duration": parseDuration,
};

function isFeelObject(value: unknown): value is FeelObject & FeelValue {
  return value instanceof FeelObject;
}

function contextFrom(value: Readonly<Record<string, unknown>>, type: ContextType): FeelValue {
  const context = newContext();
  for (const name of Object.keys(value)) {
    context[name] = fromJson(value[name], Object.hasOwn(type.entries, name) ? type.entries[name] : ANY);
  }
  return context;
}

function coerced(value: unknown, type: FeelType): FeelValue {
  return coerce(untyped(value), type) ?? null;
}

function untyped(value: unknown): FeelValue {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map(untyped);
  if (isFeelObject(value)) return value;
  if (!isContext(value)) return null;
  const context = newContext();
  for (const name of Object.keys(value)) context[name] = untyped(value[name]);
  return context;
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The JSON value: temporal values and ranges as their text, functions as null. */
export function toJson(value: FeelValue): Json {
  if (value === null || value === undefined) return null;
  if (typeof value !== "object") return value;
  if (isList(value)) return value.map(toJson);
  if (value instanceof FeelFunction) return null;
  if (value instanceof FeelRange) return formatValue(value);
  if (value instanceof FeelObject) return formatTemporal(value);
  if (!isContext(value)) return null;
  const json: Record<string, Json> = {};
  for (const name of Object.keys(value)) {
    const entry = toJson(entryOf(value, name) ?? null);
    Object.defineProperty(json, name, { value: entry, enumerable: true, configurable: true, writable: true });
  }
  return json;
}
