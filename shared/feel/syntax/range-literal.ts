import { compare } from "../operations/order.ts";
import { parseDate, parseDateTime, parseDuration, parseTemporal, parseTime } from "../temporal/parse.ts";
import { FeelRange, type FeelValue } from "../values/values.ts";
import { readNumber, readString } from "./literals.ts";
import { maskComments } from "./source.ts";

const MAXIMUM_LENGTH = 300;

const NUMBER = String.raw`-?\s*(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?`;
const TEXT = String.raw`"(?:[^"\\]|\\.)*"`;
const MADE = String.raw`(?:date\s+and\s+time|date|time|duration)\s*\(\s*${TEXT}\s*\)`;
const END = `(${NUMBER}|null|true|false|(?:@\\s*)?${TEXT}|${MADE})`;
const RANGE = new RegExp(String.raw`^\s*([[(\]])\s*${END}\s*\.\.\s*${END}\s*([\])[])\s*$`, "s");

/**
 * The range that a text like `[1..3]` writes: both ends literals of one type, in order (DMN 1.5, 10.3.4.1, range).
 * Null for anything else. Read without the grammar, which is large and needed by nothing else at run time.
 */
export function readRangeLiteral(text: string): FeelRange | null {
  if (text.length > MAXIMUM_LENGTH) return null;
  const [, opening, first = "", second = "", closing] = RANGE.exec(maskComments(text).text) ?? [];
  const low = endOf(first);
  const high = endOf(second);
  if (low === undefined || high === undefined || (low === null && high === null)) return null;
  if (low !== null && high !== null && !inOrder(low, high)) return null;
  return new FeelRange({ low, lowIncluded: opening === "[", high, highIncluded: closing === "]" });
}

function inOrder(low: FeelValue, high: FeelValue): boolean {
  const order = compare(low, high);
  return order !== null && order <= 0;
}

/** The value of a literal, or of a date, time or duration made from one string; undefined where it is none. */
function endOf(written: string): FeelValue | undefined {
  if (written === "") return undefined;
  if (written === "null") return null;
  if (written === "true" || written === "false") return written === "true";
  if (written.startsWith('"')) return readString(written);
  const quote = written.indexOf('"');
  if (quote === -1) return readNumber(written) ?? undefined;
  const text = readString(written.slice(quote, written.lastIndexOf('"') + 1));
  return constructed(written.slice(0, quote).replace(/\W+/g, " ").trim(), text) ?? undefined;
}

function constructed(name: string, text: string): FeelValue {
  switch (name) {
    case "date":
      return parseDate(text);
    case "time":
      return parseTime(text);
    case "date and time":
      return parseDateTime(text);
    case "duration":
      return parseDuration(text);
    default:
      return parseTemporal(text);
  }
}
