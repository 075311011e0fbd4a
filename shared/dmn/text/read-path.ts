import { entryOf, type FeelInput, type FeelValue, isContext } from "#feel/index.ts";
import { entryReader } from "../types/type-test.ts";

/** Reads a name, or an entry of the context that a name stands for; undefined where FEEL has to look closer. */
export function pathReader([name = "", entry, ...more]: readonly string[]):
  | ((scope: FeelInput) => FeelValue | undefined)
  | undefined {
  if (more.length > 0) return undefined;
  const readName = entryReader(name);
  if (entry === undefined) return readName;
  const readEntry = entryReader(entry);
  return (scope) => {
    const base = readName(scope) ?? null;
    return isContext(base) ? readEntry(base) : undefined;
  };
}

/** The value at the end of a path, for a trace; null where it leads nowhere. */
export function valueAt(scope: FeelInput, [name = "", ...entries]: readonly string[]): FeelValue {
  let value = entryOf(scope, name) ?? null;
  for (const entry of entries) {
    if (!isContext(value)) return null;
    value = entryOf(value, entry) ?? null;
  }
  return value;
}
