import type { Frame } from "../frame.ts";
import { compare } from "../operations/order.ts";
import type { RangeNode, TestNode } from "../syntax/ast.ts";
import { rangeOf, unionType } from "../types.ts";
import { FeelRange, type FeelValue } from "../values.ts";
import { checkComparable } from "./comparison.ts";
import type { Compiled, Compiler } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import { foldable } from "./folding.ts";

/** `[1..5)`: its ends must have an order, and come in it. */
export function compileRange(node: RangeNode, compiler: Compiler): Compiled {
  const low = compileNode(node.low, compiler);
  const high = compileNode(node.high, compiler);
  checkComparable("<=", low.type, high.type, node, compiler);
  const { lowIncluded, highIncluded, from, to } = node;
  const compiled: Compiled = {
    evaluate: (input, frame) =>
      rangeBetween(
        low.evaluate(input, frame),
        lowIncluded,
        high.evaluate(input, frame),
        highIncluded,
        frame,
        from,
        to,
      ),
    type: rangeOf(unionType(low.type, high.type)),
  };
  return foldable(compiled, low, high);
}

function rangeBetween(
  low: FeelValue,
  lowIncluded: boolean,
  high: FeelValue,
  highIncluded: boolean,
  frame: Frame,
  from: number,
  to: number,
): FeelValue {
  if (low !== null && high !== null && compare(low, high) === null) {
    return frame.warnAt("type-mismatch", "the ends of the range cannot be compared", from, to);
  }
  return new FeelRange(low, lowIncluded, high, highIncluded);
}

/** `(< 5)` as a value is a range with one end (DMN 1.5, 10.3.2.7). */
export function compileTestAsRange(node: TestNode, compiler: Compiler): Compiled {
  const operand = compileNode(node.operand, compiler);
  const compiled: Compiled = {
    evaluate: (input, frame) => rangeOfTest(node.operator, operand.evaluate(input, frame)),
    type: rangeOf(operand.type),
  };
  return foldable(compiled, operand);
}

export function rangeOfTest(operator: TestNode["operator"], value: FeelValue): FeelRange {
  switch (operator) {
    case "<":
    case "<=":
      return new FeelRange(null, false, value, operator === "<=", operator);
    case ">":
    case ">=":
      return new FeelRange(value, operator === ">=", null, false, operator);
    case "=":
    case "!=":
      return new FeelRange(value, operator === "=", value, operator === "=", operator);
  }
}
