import { formatTemporal } from "../temporal/format.ts";
import {
  entryOf,
  FeelFunction,
  FeelObject,
  FeelRange,
  type FeelValue,
  isContext,
  isList,
} from "../values/values.ts";

/**
 * Is told the least length of each part before that is written, and throws to stop the writing: where parts are shared,
 * a value that is small in memory may have an endless text.
 */
type Grow = (length: number) => void;

/** What `string()` gives: null for null, strings bare at the top and quoted inside lists and contexts. */
export function formatValue(value: FeelValue, grow: Grow = () => {}): string | null {
  if (value === null) return null;
  return typeof value === "string" ? value : formatNested(value, grow);
}

/** UTF-16 units of a value's text that a message shows. */
const MOST_SHOWN = 200;

/** A value's text for a message, cut where it is long. */
export function showValue(value: FeelValue): string {
  let room = MOST_SHOWN;
  try {
    return formatNested(value, (length) => {
      room -= length;
      if (room < 0) throw new RangeError("too long to show");
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return typeof value === "string" ? quoted(`${value.slice(0, MOST_SHOWN)}...`) : "a long value";
  }
}

function formatNested(value: FeelValue, grow: Grow): string {
  grow(isList(value) || typeof value === "string" ? value.length + 2 : 1);
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "boolean") return String(value);
  if (isList(value)) return `[${value.map((item) => formatNested(item, grow)).join(", ")}]`;
  if (value instanceof FeelRange) return formatRange(value, grow);
  if (value instanceof FeelFunction) return "function";
  if (value instanceof FeelObject) return formatTemporal(value);
  if (!isContext(value)) return "null";
  const entries = Object.keys(value).map((name) => {
    grow(name.length);
    return `${formatKey(name)}: ${formatNested(entryOf(value, name) ?? null, grow)}`;
  });
  return `{${entries.join(", ")}}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

/** A key that is no name is quoted, so that the text can be read back. */
function formatKey(name: string): string {
  return /^[\p{L}_?][\p{L}\p{N}\p{M}_'./+*\- ]*$/u.test(name) ? name : quoted(name);
}

function formatRange({ operator, low, lowIncluded, high, highIncluded }: FeelRange, grow: Grow): string {
  if (operator !== null) return `${operator} ${formatNested(low ?? high, grow)}`;
  const ends = `${formatNested(low, grow)}..${formatNested(high, grow)}`;
  return `${lowIncluded ? "[" : "("}${ends}${highIncluded ? "]" : ")"}`;
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
