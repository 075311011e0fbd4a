import { isIPv4 } from "node:net";
import { isArray, isObject, type Json, type JsonObject } from "../json.ts";

/**
 * Event-pattern matching ("Comparison operators for use in event patterns", EventBridge user guide). An unknown
 * operator throws, when the rule is read, not when an event comes.
 */
export type EventTest = (event: JsonObject) => boolean;

export function compilePattern(pattern: JsonObject): EventTest {
  const test = compileObject(pattern);
  return (event) => test(event);
}

type ValueTest = (value: Json | undefined) => boolean;

function compileObject(pattern: JsonObject): ValueTest {
  const tests = Object.entries(pattern).map(([name, expected]): ValueTest => {
    if (name === "$or") return compileOr(expected);
    const test = compileField(expected);
    return (value) => test(isObject(value) ? value[name] : undefined);
  });
  return (value) => tests.every((test) => test(value));
}

function compileOr(alternatives: Json): ValueTest {
  if (!isArray(alternatives)) throw new Error("event pattern: $or needs a list");
  const tests = alternatives.filter(isObject).map(compileObject);
  return (value) => tests.some((test) => test(value));
}

function compileField(expected: Json): ValueTest {
  if (isObject(expected)) {
    const inner = compileObject(expected);
    // A list of objects matches when one of its members does.
    return (value) => (isArray(value) ? value.some((member) => inner(member)) : inner(value));
  }
  if (!isArray(expected))
    throw new Error(`event pattern: expected a list or an object, got ${JSON.stringify(expected)}`);
  const tests = expected.map(compileMatcher);
  return (value) => tests.some((test) => test(value));
}

/** One member of a list of alternatives. It sees the whole field: for a list, one member that matches is enough. */
function compileMatcher(matcher: Json): ValueTest {
  if (!isObject(matcher)) return anyMember((value) => value === matcher);
  const [operator, operand] = Object.entries(matcher)[0] ?? ["", null];
  if (operator === "exists") {
    const wanted = operand === true;
    return (value) => (value !== undefined && !(isArray(value) && value.length === 0)) === wanted;
  }
  if (operator === "anything-but") return compileAnythingBut(operand);
  return anyMember(compileOperator(operator, operand));
}

const anyMember =
  (test: ValueTest): ValueTest =>
  (value) =>
    isArray(value) ? value.some((member) => test(member)) : test(value);

function compileAnythingBut(operand: Json): ValueTest {
  const refused = isObject(operand)
    ? Object.entries(operand).flatMap(([operator, inner]) =>
        asList(inner).map((one) => compileOperator(operator, one)),
      )
    : asList(operand).map(
        (one): ValueTest =>
          (value) =>
            value === one,
      );
  return (value) => {
    if (value === undefined) return false;
    const values = isArray(value) ? value : [value];
    return values.some((one) => !refused.some((test) => test(one)));
  };
}

const asList = (value: Json): readonly Json[] => (isArray(value) ? value : [value]);

function compileOperator(operator: string, operand: Json): ValueTest {
  switch (operator) {
    case "prefix":
      return affix(operand, (text, part) => text.startsWith(part));
    case "suffix":
      return affix(operand, (text, part) => text.endsWith(part));
    case "equals-ignore-case": {
      const expected = String(operand).toLowerCase();
      return (value) => typeof value === "string" && value.toLowerCase() === expected;
    }
    case "wildcard": {
      const expression = wildcard(String(operand));
      return (value) => typeof value === "string" && expression.test(value);
    }
    case "numeric":
      return numeric(asList(operand));
    case "cidr":
      return cidr(String(operand));
    default:
      throw new Error(`event pattern: unknown operator ${operator}`);
  }
}

function affix(operand: Json, matches: (text: string, part: string) => boolean): ValueTest {
  const folded = isObject(operand) ? operand["equals-ignore-case"] : undefined;
  if (typeof folded === "string") {
    const part = folded.toLowerCase();
    return (value) => typeof value === "string" && matches(value.toLowerCase(), part);
  }
  const part = String(operand);
  return (value) => typeof value === "string" && matches(value, part);
}

/** `*` stands for any characters; `\*` and `\\` for themselves. */
function wildcard(pattern: string): RegExp {
  const source = pattern.replace(/\\([*\\])|(\*)|([.+?^${}()|[\]\\])/g, (_all, escaped, star, special) => {
    if (escaped !== undefined) return `\\${escaped}`;
    return star === undefined ? `\\${special}` : ".*";
  });
  return new RegExp(`^${source}$`, "s");
}

function numeric(parts: readonly Json[]): ValueTest {
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    tests.push(comparison(String(parts[index]), Number(parts[index + 1])));
  }
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

function comparison(operator: string, bound: number): (value: number) => boolean {
  switch (operator) {
    case "=":
      return (value) => value === bound;
    case "<":
      return (value) => value < bound;
    case "<=":
      return (value) => value <= bound;
    case ">":
      return (value) => value > bound;
    case ">=":
      return (value) => value >= bound;
    default:
      throw new Error(`event pattern: unknown numeric comparison ${operator}`);
  }
}

function cidr(block: string): ValueTest {
  const [address = "", length = "32"] = block.split("/");
  const mask = Number(length) === 0 ? 0 : (~0 << (32 - Number(length))) >>> 0;
  const network = (toNumber(address) & mask) >>> 0;
  return (value) => typeof value === "string" && isIPv4(value) && (toNumber(value) & mask) >>> 0 === network;
}

const toNumber = (address: string): number =>
  address.split(".").reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
