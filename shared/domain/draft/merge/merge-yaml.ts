import { parseDocument } from "yaml";
import { mergeLines } from "./merge-lines.ts";
import type { Merged, ThreeTexts } from "./merged.ts";

/** No value, and no conflict either. */
const CONFLICT = Symbol("conflict");

/**
 * Puts two changes of a YAML file together by its keys, where that is sound: the merged text must say exactly what the
 * merged values are. Null where it does not, or where both changed the same value.
 */
export const mergeYaml = (texts: ThreeTexts): Merged | null => {
  const values = [texts.before, texts.yours, texts.theirs].map(readValue);
  if (values.some((value) => value === CONFLICT)) return null;
  const [before, yours, theirs] = values;
  const wanted = mergeValues(before, yours, theirs);
  const { text, conflicts } = mergeLines(texts, { isApart: true });
  if (wanted === CONFLICT || conflicts.length > 0) return null;
  return isSame(readValue(text), wanted) ? { text, conflicts: [], by: "keys" } : null;
};

const readValue = (text: string): unknown => {
  const document = parseDocument(text, { logLevel: "silent" });
  if (document.errors.length > 0) return CONFLICT;
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch {
    return CONFLICT;
  }
};

/** The same values, in whatever order the members of maps stand. */
export const isSame = (left: unknown, right: unknown): boolean => {
  if (Object.is(left, right)) return true;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => isSame(item, right[index]));
  if (!isMap(left) || !isMap(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isSame(left[name], right[name]))
  );
};

type Members = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const mergeValues = (before: unknown, yours: unknown, theirs: unknown): unknown => {
  if (isSame(yours, theirs) || isSame(before, yours)) return theirs;
  if (isSame(before, theirs)) return yours;
  if (!isMap(before) || !isMap(yours) || !isMap(theirs)) return CONFLICT;
  const merged: [string, unknown][] = [];
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(yours)])) {
    const value = mergeValues(before[key], yours[key], theirs[key]);
    if (value === CONFLICT) return CONFLICT;
    if (value !== undefined) merged.push([key, value]);
  }
  return Object.fromEntries(merged);
};
