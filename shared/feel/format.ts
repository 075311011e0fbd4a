import { formatTemporal } from "./temporal/format.ts";
import { entryOf, FeelFunction, FeelObject, FeelRange, type FeelValue, isContext, isList } from "./values.ts";

/** What `string()` gives: null for null, strings bare at the top and quoted inside lists and contexts. */
export function formatValue(value: FeelValue): string | null {
  if (value === null) return null;
  return typeof value === "string" ? value : formatNested(value);
}

function formatNested(value: FeelValue): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "boolean") return String(value);
  if (isList(value)) return `[${value.map(formatNested).join(", ")}]`;
  if (value instanceof FeelRange) return formatRange(value);
  if (value instanceof FeelFunction) return "function";
  if (value instanceof FeelObject) return formatTemporal(value);
  if (!isContext(value)) return "null";
  const entries = Object.keys(value).map(
    (name) => `${formatKey(name)}: ${formatNested(entryOf(value, name) ?? null)}`,
  );
  return `{${entries.join(", ")}}`;
}

/** A key that is no name is quoted, so that the text can be read back. */
function formatKey(name: string): string {
  return /^[\p{L}_?][\p{L}\p{N}\p{M}_'./+*\- ]*$/u.test(name) ? name : formatNested(name);
}

function formatRange({ operator, low, lowIncluded, high, highIncluded }: FeelRange): string {
  if (operator !== null) return `${operator} ${formatNested(low ?? high)}`;
  return `${lowIncluded ? "[" : "("}${formatNested(low)}..${formatNested(high)}${highIncluded ? "]" : ")"}`;
}

/** Plain decimal notation: FEEL has no exponents in what it writes (DMN 1.5, table 45). */
export function formatNumber(value: number): string {
  const text = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (!match) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  const shift = Number(exponent);
  if (shift < 0) return `${sign}0.${"0".repeat(-shift - 1)}${digits}`;
  return `${sign}${digits.padEnd(shift + 1, "0")}`;
}
