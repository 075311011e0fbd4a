import { FeelSyntaxError } from "../diagnostics.ts";
import { DEFAULT_LIMITS } from "../limits.ts";
import { compare } from "../operations/order.ts";
import { parseDate, parseDateTime, parseDuration, parseTime } from "../temporal/parse.ts";
import { FeelRange, type FeelValue } from "../values.ts";
import type { Node } from "./ast.ts";
import { type Names, parseExpression } from "./parse.ts";

const NO_NAMES: Names = { scope: Object.freeze({}), functions: [] };
const MAXIMUM_LENGTH = 300;

/**
 * The range that a text like `[1..3]` writes: both ends literals of one type, in order (DMN 1.5, 10.3.4.1, range).
 * Null for anything else.
 */
export function readRangeLiteral(text: string): FeelRange | null {
  if (text.length > MAXIMUM_LENGTH) return null;
  const node = parseOrNull(text);
  if (node?.kind !== "range") return null;
  const low = literalOf(node.low);
  const high = literalOf(node.high);
  if (low === undefined || high === undefined || (low === null && high === null)) return null;
  if (low !== null && high !== null && !inOrder(low, high)) return null;
  return new FeelRange(low, node.lowIncluded, high, node.highIncluded);
}

function inOrder(low: FeelValue, high: FeelValue): boolean {
  const order = compare(low, high);
  return order !== null && order <= 0;
}

function parseOrNull(text: string): Node | null {
  try {
    return parseExpression(text, NO_NAMES, DEFAULT_LIMITS);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return null;
    throw error;
  }
}

/** The value of a literal, or of a date, time or duration made from one string; undefined for other expressions. */
function literalOf(node: Node): FeelValue | undefined {
  if (node.kind === "literal") return node.value;
  if (node.kind === "negation" && node.operand.kind === "literal") {
    return typeof node.operand.value === "number" ? 0 - node.operand.value : undefined;
  }
  if (node.kind !== "call" || node.callee.kind !== "name") return undefined;
  const [argument] = node.positional;
  if (node.positional.length !== 1 || argument?.kind !== "literal") return undefined;
  return typeof argument.value === "string" ? constructed(node.callee.name, argument.value) : undefined;
}

function constructed(name: string, text: string): FeelValue | undefined {
  switch (name) {
    case "date":
      return parseDate(text) ?? undefined;
    case "time":
      return parseTime(text) ?? undefined;
    case "date and time":
      return parseDateTime(text) ?? undefined;
    case "duration":
      return parseDuration(text) ?? undefined;
    default:
      return undefined;
  }
}
