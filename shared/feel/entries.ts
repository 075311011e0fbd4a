import type { Meter } from "./limits.ts";
import { normalizeName } from "./syntax/names.ts";
import { entryOf, type FeelInput, type FeelValue } from "./values.ts";

/** The value of an entry whose spelling may differ in white space; undefined if there is none. */
export function entryNamed(context: FeelInput, name: string, meter: Meter): FeelValue | undefined {
  const exact = entryOf(context, name);
  if (exact !== undefined || !/\W/.test(name)) return exact;
  const keys = Object.keys(context);
  meter.spend(keys.length);
  for (const key of keys) if (normalizeName(key) === name) return entryOf(context, key);
  return undefined;
}
