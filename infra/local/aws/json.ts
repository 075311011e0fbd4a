import { isList, isObject, type Json, type JsonObject } from "#kernel/json.ts";

/* Templates, requests and events of AWS are read through these, never by assertion. */

/** Parses text that should hold JSON. @throws SyntaxError on anything else. */
export function parseJson(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

/** Parses text that should hold a JSON object; anything else, broken JSON included, gives null. */
export function parseObject(text: string): JsonObject | null {
  try {
    return asObject(parseJson(text));
  } catch {
    return null;
  }
}

export const asObject = (value: Json | undefined): JsonObject | null => (isObject(value) ? value : null);

/** The object under `key`, or an empty one. */
export const objectAt = (from: JsonObject, key: string): JsonObject => asObject(from[key]) ?? {};

/** The list under `key`, or an empty one. */
export const listAt = (from: JsonObject, key: string): readonly Json[] => {
  const value = from[key];
  return isList(value) ? value : [];
};

/** The objects in the list under `key`; other members are left out. */
export const objectsAt = (from: JsonObject, key: string): readonly JsonObject[] =>
  listAt(from, key).filter(isObject);

/** The strings in the list under `key`; other members are left out. */
export const stringsAt = (from: JsonObject, key: string): readonly string[] =>
  listAt(from, key).filter((member) => typeof member === "string");

/** The text under `key`; numbers and booleans become text, since CloudFormation passes them either way. */
export function textAt(from: JsonObject, key: string): string | undefined {
  const value = from[key];
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return undefined;
}

/** The number under `key`; numeric text counts, since CloudFormation passes numbers either way. */
export function numberAt(from: JsonObject, key: string): number | undefined {
  const value = from[key];
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Whether the value under `key` is true; the text "true" counts, since CloudFormation passes it either way. */
export const flagAt = (from: JsonObject, key: string): boolean => from[key] === true || from[key] === "true";
