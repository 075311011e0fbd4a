import {
  addNumbers,
  divideNumbers,
  multiplyNumbers,
  raiseNumber,
  subtractNumbers,
} from "../numbers/arithmetic.ts";
import { bulkSteps } from "../run/limits.ts";
import type { ArithmeticOperator, NodeOf, Span } from "../syntax/ast.ts";
import {
  addTemporals,
  divideDurations,
  isDuration,
  negateDuration,
  scaleDuration,
  subtractTemporals,
} from "../temporal/arithmetic.ts";
import { ANY, type FeelType, NUMBER, STRING, typeName } from "../values/types.ts";
import { FeelObject, type FeelValue, kindOf } from "../values/values.ts";
import { type Compiled, type Compiler, constant, type Evaluate } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import { foldable } from "./folding.ts";
import type { Frame } from "./frame.ts";
import { arithmeticType, DURATIONS } from "./operator-types.ts";

/** An operator, and where in the text it is applied. */
type Operation = Span & { readonly operator: ArithmeticOperator };
type NumberOperation = (left: number, right: number) => number | null;

const NUMBER_OPERATIONS: Readonly<Record<ArithmeticOperator, NumberOperation>> = {
  "+": addNumbers,
  "-": subtractNumbers,
  "*": multiplyNumbers,
  "/": (left, right) => (right === 0 ? null : divideNumbers(left, right)),
  "**": raiseNumber,
};

/** `+ - * / **` (DMN 1.5, tables 55-57). */
export function compileArithmetic(node: NodeOf<"arithmetic">, compiler: Compiler): Compiled {
  const left = compileNode(node.left, compiler);
  const right = compileNode(node.right, compiler);
  const { operator, from, to } = node;
  checkForDate(node, compiler);
  const type = arithmeticType(operator, left.type, right.type);
  if (type === undefined) {
    compiler.error(
      "type-mismatch",
      node,
      `\`${operator}\` does not work on ${typeName(left.type)} and ${typeName(right.type)}`,
    );
  }
  const evaluate = arithmetic({ operator, from, to }, left, right);
  return foldable({ evaluate, type: type ?? ANY }, left, right);
}

/** `2026-01-31` is a subtraction, which nobody writes with such zeros. */
function checkForDate(node: NodeOf<"arithmetic">, compiler: Compiler): void {
  const text = compiler.text.slice(node.from, node.to);
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return;
  compiler.error("invalid-literal", node, "this is a subtraction, no date", { suggestion: `@"${text}"` });
}

function arithmetic(operation: Operation, left: Compiled, right: Compiled): Evaluate {
  const [first, second] = [left.evaluate, right.evaluate];
  const operate = NUMBER_OPERATIONS[operation.operator];
  return (input, frame) => {
    const a = first(input, frame);
    const b = second(input, frame);
    if (typeof a === "number" && typeof b === "number") {
      const result = operate(a, b);
      if (result !== null && Number.isFinite(result)) return result;
    }
    return otherArithmetic(operation, a, b, frame);
  };
}

/** Everything but a sound result of two numbers. */
function otherArithmetic(
  { operator, from, to }: Operation,
  left: FeelValue,
  right: FeelValue,
  frame: Frame,
): FeelValue {
  if (typeof left === "number" && typeof right === "number") {
    return operator === "/" && right === 0
      ? frame.warnAt("division-by-zero", "division by zero", from, to)
      : frame.warnAt("out-of-range", "the number is too large", from, to);
  }
  const result = left === null || right === null ? undefined : mixed(operator, left, right, frame);
  if (result === undefined) return frame.warnAt("type-mismatch", misfit(operator, left, right), from, to);
  return result ?? frame.warnAt("out-of-range", "the result is out of range", from, to);
}

function mixed(
  operator: ArithmeticOperator,
  left: FeelValue,
  right: FeelValue,
  frame: Frame,
): FeelValue | undefined {
  if (typeof left === "string" && typeof right === "string" && operator === "+") {
    frame.checkStringLength(left.length + right.length);
    frame.spend(bulkSteps(left.length + right.length));
    return left + right;
  }
  if (!(left instanceof FeelObject || right instanceof FeelObject)) return undefined;
  switch (operator) {
    case "+":
      return addTemporals(left, right);
    case "-":
      return subtractTemporals(left, right);
    case "*":
      return scaled(left, right, multiplyNumbers) ?? scaled(right, left, multiplyNumbers);
    case "/":
      if (isDuration(left) && isDuration(right)) return divideDurations(left, right);
      if (right === 0 && isDuration(left)) return null;
      return scaled(left, right, divideNumbers);
    case "**":
      return undefined;
  }
}

function scaled(
  duration: FeelValue,
  factor: FeelValue,
  scale: (length: number, factor: number) => number,
): FeelValue | undefined {
  return isDuration(duration) && typeof factor === "number"
    ? scaleDuration(duration, (length) => scale(length, factor))
    : undefined;
}

function misfit(operator: string, left: FeelValue, right: FeelValue): string {
  return `\`${operator}\` does not work on ${kindOf(left)} and ${kindOf(right)}`;
}

export function compileNegation(node: NodeOf<"negation">, compiler: Compiler): Compiled {
  const operand = compileNode(node.operand, compiler);
  const { evaluate: inner, type } = operand;
  const { from, to } = node;
  if (type.kind === STRING.kind) {
    compiler.error("type-mismatch", node, "a string has no negative", { expected: "number" });
  }
  const evaluate: Evaluate = (input, frame) => {
    const value = inner(input, frame);
    if (typeof value === "number") return 0 - value;
    if (isDuration(value)) return negateDuration(value);
    return frame.warnAt("type-mismatch", `${kindOf(value)} has no negative`, from, to);
  };
  const negated: FeelType = type.kind === "any" ? ANY : DURATIONS.has(type.kind) ? type : NUMBER;
  return operand.constant && typeof operand.constant.value === "number"
    ? constant(0 - operand.constant.value, NUMBER)
    : { evaluate, type: negated };
}
