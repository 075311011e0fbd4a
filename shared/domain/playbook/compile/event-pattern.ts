import { isList, isObject, type Json, type JsonObject } from "#kernel/json.ts";

/**
 * EventBridge's event patterns, as AWS documents them ("Amazon EventBridge event patterns", "Comparison operators").
 * `sources.yaml` is matched by this, and so are the rules of the local cloud.
 */
export type EventPattern = JsonObject;

type Matcher = (value: Json | undefined) => boolean;

const asList = (value: Json): readonly Json[] => (isList(value) ? value : [value]);

const onText =
  (test: (text: string) => boolean): Matcher =>
  (value) =>
    typeof value === "string" && test(value);

/** The texts between the stars; an escaped star or backslash stands for itself. */
const betweenStars = (pattern: string): string[] => {
  const parts = [""];
  for (const [piece, escaped] of pattern.matchAll(/\\([*\\])|./gsu)) {
    if (piece === "*") parts.push("");
    else parts.push(`${parts.pop() ?? ""}${escaped ?? piece}`);
  }
  return parts;
};

/** `*` stands for any run of characters; matched from the left without backtracking past the last star. */
const wildcard = (pattern: string): ((text: string) => boolean) => {
  const [head = "", ...rest] = betweenStars(pattern);
  if (rest.length === 0) return (text) => text === head;
  const tail = rest.at(-1) ?? "";
  const middle = rest.slice(0, -1);
  return (text) => {
    if (!text.startsWith(head) || !text.endsWith(tail)) return false;
    let from = head.length;
    for (const part of middle) {
      const at = text.indexOf(part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return from <= text.length - tail.length;
  };
};

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "=": (a, b) => a === b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/** `[">", 0, "<=", 5]`: every pair must hold. */
const numeric = (terms: readonly Json[]): Matcher => {
  const pairs: ((value: number) => boolean)[] = [];
  for (let index = 0; index < terms.length; index += 2) {
    const compare = COMPARE[String(terms[index])];
    const bound = terms[index + 1];
    if (compare === undefined || typeof bound !== "number") throw new PatternError("numeric", terms);
    pairs.push((value) => compare(value, bound));
  }
  return (value) => typeof value === "number" && pairs.every((holds) => holds(value));
};

const ipv4 = (text: string): number | undefined => {
  const bytes = text.split(".").map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255))
    return undefined;
  return bytes.reduce((address, byte) => address * 256 + byte, 0);
};

const cidr = (range: string): Matcher => {
  const [base = "", length = ""] = range.split("/");
  const network = ipv4(base);
  const bits = Number(length);
  if (network === undefined || !Number.isInteger(bits) || bits < 0 || bits > 32)
    throw new PatternError("cidr", range);
  const size = 2 ** (32 - bits);
  return onText((text) => {
    const address = ipv4(text);
    return address !== undefined && Math.floor(address / size) === Math.floor(network / size);
  });
};

/** `{anything-but: ...}`: a value, another comparison, or lists of them; of a list in the event, one member is enough. */
const anythingBut = (operand: Json): Matcher => {
  const refused = isObject(operand)
    ? Object.entries(operand).flatMap(([name, inner]) =>
        asList(inner).map((one) => comparison({ [name]: one })),
      )
    : asList(operand).map(exactly);
  return (value) => value !== undefined && !refused.some((holds) => holds(value));
};

/** Prefix and suffix take a text, or `{equals-ignore-case: text}`. */
const affix = (operand: Json, test: (text: string, part: string) => boolean): Matcher => {
  if (typeof operand === "string") return onText((text) => test(text, operand));
  const folded = isObject(operand) ? operand["equals-ignore-case"] : undefined;
  if (typeof folded !== "string") throw new PatternError("prefix or suffix", operand);
  return onText((text) => test(text.toLowerCase(), folded.toLowerCase()));
};

const textOperand = (name: string, operand: Json): string => {
  if (typeof operand !== "string") throw new PatternError(name, operand);
  return operand;
};

const OPERATORS: Readonly<Record<string, (operand: Json) => Matcher>> = {
  prefix: (operand) => affix(operand, (text, part) => text.startsWith(part)),
  suffix: (operand) => affix(operand, (text, part) => text.endsWith(part)),
  "equals-ignore-case": (operand) => {
    const folded = textOperand("equals-ignore-case", operand).toLowerCase();
    return onText((text) => text.toLowerCase() === folded);
  },
  wildcard: (operand) => onText(wildcard(textOperand("wildcard", operand))),
  "anything-but": anythingBut,
  numeric: (operand) => numeric(asList(operand)),
  exists: (operand) => (value) => (value !== undefined) === (operand === true),
  cidr: (operand) => cidr(textOperand("cidr", operand)),
};

const comparison = (term: JsonObject): Matcher => {
  const [name, ...others] = Object.keys(term);
  const make = name === undefined ? undefined : OPERATORS[name];
  if (name === undefined || make === undefined || others.length > 0)
    throw new PatternError("comparison", term);
  return make(term[name] ?? null);
};

const exactly =
  (expected: Json): Matcher =>
  (value) =>
    value === expected;

/** One of the terms must hold; of a list in the event, one member is enough. */
const anyOf = (terms: readonly Json[]): Matcher => {
  const matchers = terms.map((term) => (isObject(term) ? comparison(term) : exactly(term)));
  return (value) => {
    // An empty list matches like a missing field.
    const values = isList(value) ? (value.length === 0 ? [undefined] : value) : [value];
    return matchers.some((holds) => values.some((member) => holds(member)));
  };
};

/** Compiles a pattern once. Throws `PatternError` on a comparison that EventBridge does not know. */
export const compilePattern = (pattern: EventPattern): Matcher => {
  const fields = Object.entries(pattern).map(([name, term]): Matcher => {
    if (name === "$or") {
      const options = asList(term).filter(isObject).map(compilePattern);
      return (value) => options.some((holds) => holds(value));
    }
    const holds = isObject(term) ? anyMember(compilePattern(term)) : anyOf(asList(term));
    return (value) => holds(isObject(value) ? value[name] : undefined);
  });
  return (value) => fields.every((holds) => holds(value));
};

/** Of a list of objects, one must match in all its fields. */
const anyMember =
  (holds: Matcher): Matcher =>
  (value) =>
    isList(value) ? value.some((member) => holds(member)) : holds(value);

/** The pattern itself is wrong: says which comparison, and what stood there. */
export class PatternError extends Error {
  override readonly name = "PatternError";
  constructor(comparison: string, found: Json) {
    super(`${comparison}: not a comparison of EventBridge patterns: ${JSON.stringify(found)}`);
  }
}
