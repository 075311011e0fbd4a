import { entryOf, type FeelValue, isContext } from "../../feel/index.ts";
import type { Scope } from "../run.ts";
import { entryReader } from "./type-test.ts";

/** Reads a name, or an entry of the context that a name stands for; undefined where FEEL has to look closer. */
export function pathReader([name = "", entry, ...more]: readonly string[]):
  | ((scope: Scope) => FeelValue | undefined)
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
export function valueAt(scope: Scope, path: readonly string[]): FeelValue {
  let value: FeelValue = scope;
  for (const name of path) {
    if (!isContext(value)) return null;
    value = entryOf(value, name) ?? null;
  }
  return value;
}
