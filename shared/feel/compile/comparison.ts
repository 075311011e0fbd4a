import { equal } from "../operations/equality.ts";
import { compare } from "../operations/order.ts";
import type { CompareOperator, NodeOf, Span } from "../syntax/ast.ts";
import { meantComparison } from "../syntax/slips.ts";
import { BOOLEAN, type FeelType, isUnknown, typeName } from "../values/types.ts";
import { FeelDate, type FeelValue, kindOf } from "../values/values.ts";
import type { Compiled, Compiler, Evaluate } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import { foldable } from "./folding.ts";
import type { Frame } from "./frame.ts";
import { conjunction } from "./logic.ts";

/** `= != < <= > >=` (DMN 1.5, table 42). */
export function compileComparison(node: NodeOf<"compare">, compiler: Compiler): Compiled {
  const left = compileNode(node.left, compiler);
  const right = compiler.beside(left.type, () => compileNode(node.right, compiler));
  if (!reportSlip(node, compiler)) checkComparable(node, left.type, right.type, compiler);
  const evaluate = comparison(node, left, right);
  return foldable({ evaluate, type: BOOLEAN }, left, right);
}

/** Reports comparisons that are none in FEEL although they can be read. */
function reportSlip(node: NodeOf<"compare">, compiler: Compiler): boolean {
  const { left, right, operator } = node;
  const written = (from: number, to: number) => compiler.text.slice(from, to);
  if (left.kind === "compare" && isOrder(operator)) {
    const middle = written(left.right.from, left.right.to);
    const expected = `${written(left.from, left.to)} and ${middle} ${written(left.to, right.to).trim()}`;
    compiler.error("never-true", node, "a comparison is of two values", { expected });
    return true;
  }
  const slip = right.kind === "test" && meantComparison(written(left.to, right.operand.from));
  if (slip)
    compiler.error("never-true", node, `\`${slip.written}\` is no comparison`, { expected: slip.meant });
  return slip !== false && slip !== undefined;
}

function isOrder(operator: CompareOperator): boolean {
  return operator !== "=" && operator !== "!=";
}

/** A comparison as it stands in the text. */
export type Comparing = Span & { readonly operator: CompareOperator };

/** Reports a comparison of types that have no value in common. */
export function checkComparable(
  { operator, from, to }: Comparing,
  left: FeelType,
  right: FeelType,
  compiler: Compiler,
): void {
  if (isUnknown(left) || isUnknown(right)) return;
  const ordered = isOrder(operator);
  if (left.kind === right.kind && !(ordered && UNORDERED.has(left.kind))) return;
  const message = `a ${typeName(left)} cannot be compared with a ${typeName(right)}: this is never true`;
  compiler.error("never-true", { from, to }, message, { expected: typeName(left) });
}

const UNORDERED: ReadonlySet<string> = new Set(["boolean", "list", "context", "range", "function"]);

function comparison(node: Comparing, left: Compiled, right: Compiled): Evaluate {
  const known = right.constant?.value;
  if (known !== undefined && known !== null) return comparisonWith(node, known, left.evaluate);
  const [first, second] = [left.evaluate, right.evaluate];
  return (input, frame) => compareValues(node, first(input, frame), second(input, frame), frame);
}

/** A test of what is read from somewhere: a value itself, or what an expression makes of its input. */
type TestOf<From> = (from: From, frame: Frame) => boolean | null;
type Read<From> = (from: From, frame: Frame) => FeelValue;

/** A test of one value against a known other: the form most conditions have. */
export type ValueTest = TestOf<FeelValue>;

export const itself: Read<FeelValue> = (value) => value;

/**
 * The test `read operator known`, specialised by the type of what is known. Reading and testing are one closure: where
 * hundreds of conditions take turns, every further one is a miss of the processor's cache.
 */
export function comparisonWith<From>(node: Comparing, known: FeelValue, read: Read<From>): TestOf<From> {
  const { operator } = node;
  const other: ValueTest = (value, frame) => compareValues(node, value, known, frame);
  if (typeof known === "number") return numberTest(operator, known, read, other);
  if (typeof known === "string" && (operator === "=" || operator === "!=")) {
    const whenEqual = operator === "=";
    return (from, frame) => {
      const value = read(from, frame);
      return typeof value === "string" ? (value === known) === whenEqual : other(value, frame);
    };
  }
  if (known instanceof FeelDate) return dateTest(operator, known.epochDay, read, other);
  return (from, frame) => other(read(from, frame), frame);
}

function numberTest<From>(
  operator: CompareOperator,
  known: number,
  read: Read<From>,
  other: ValueTest,
): TestOf<From> {
  switch (operator) {
    case "=":
      return (from, frame) => {
        const value = read(from, frame);
        return typeof value === "number" ? value === known : other(value, frame);
      };
    case "!=":
      return (from, frame) => {
        const value = read(from, frame);
        return typeof value === "number" ? value !== known : other(value, frame);
      };
    case "<":
      return (from, frame) => {
        const value = read(from, frame);
        return typeof value === "number" ? value < known : other(value, frame);
      };
    case "<=":
      return (from, frame) => {
        const value = read(from, frame);
        return typeof value === "number" ? value <= known : other(value, frame);
      };
    case ">":
      return (from, frame) => {
        const value = read(from, frame);
        return typeof value === "number" ? value > known : other(value, frame);
      };
    case ">=":
      return (from, frame) => {
        const value = read(from, frame);
        return typeof value === "number" ? value >= known : other(value, frame);
      };
  }
}

function dateTest<From>(
  operator: CompareOperator,
  known: number,
  read: Read<From>,
  other: ValueTest,
): TestOf<From> {
  const onDay = numberTest(operator, known, itself, other);
  return (from, frame) => {
    const value = read(from, frame);
    return value instanceof FeelDate ? onDay(value.epochDay, frame) : other(value, frame);
  };
}

/** Compares two values; null, with a warning, where FEEL cannot. */
export function compareValues(
  node: Comparing,
  left: FeelValue,
  right: FeelValue,
  frame: Frame,
): boolean | null {
  const { operator } = node;
  if (operator === "=" || operator === "!=") {
    const isEqual = equal(left, right, frame);
    if (isEqual === null) return incomparable(node, left, right, frame);
    return operator === "=" ? isEqual : !isEqual;
  }
  const order = compare(left, right, frame);
  if (order === null) return incomparable(node, left, right, frame);
  switch (operator) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function incomparable(
  { operator, from, to }: Comparing,
  left: FeelValue,
  right: FeelValue,
  frame: Frame,
): null {
  if (frame.run.environment?.onWarning === undefined) return null;
  const message = `\`${operator}\` cannot compare ${kindOf(left)} with ${kindOf(right)}`;
  return frame.warnAt("type-mismatch", message, from, to);
}

/** `x between a and b` is `x >= a and x <= b` (DMN 1.5, table 53). */
export function compileBetween(node: NodeOf<"between">, compiler: Compiler): Compiled {
  const value = compileNode(node.value, compiler);
  const low = compileNode(node.low, compiler);
  const high = compileNode(node.high, compiler);
  const { from, to } = node;
  const notBelow: Comparing = { operator: ">=", from, to };
  const notAbove: Comparing = { operator: "<=", from, to };
  checkComparable(notBelow, value.type, low.type, compiler);
  checkComparable(notAbove, value.type, high.type, compiler);
  const evaluate: Evaluate = (input, frame) => {
    const tested = value.evaluate(input, frame);
    const atLeast = compareValues(notBelow, tested, low.evaluate(input, frame), frame);
    return conjunction(atLeast, compareValues(notAbove, tested, high.evaluate(input, frame), frame));
  };
  return foldable({ evaluate, type: BOOLEAN }, value, low, high);
}
