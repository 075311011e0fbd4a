import type { Meter } from "../run/limits.ts";
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

/** One spelling for names that differ only in white space around their parts. */
export function normalizeName(name: string): string {
  if (/^\w+$/.test(name)) return name;
  // White space first: looking for it in front of an operator is quadratic where there is a lot and no operator.
  return name
    .replace(/\s+/g, " ")
    .replace(/ ?(\*\*|[./\-'+*]) ?/g, " $1 ")
    .replace(/ +/g, " ")
    .trim();
}

/** A name keeps its spelling but for white space, which counts as one space (DMN 1.5, 10.3.1.4). */
export function normalizeSpelling(name: string): string {
  return name.replace(/\s+/g, " ").trim();
}
