import { compare } from "../operations/order.ts";
import type { RangeNode, TestNode } from "../syntax/ast.ts";
import { rangeOf, unionType } from "../values/types.ts";
import { FeelRange, type FeelValue } from "../values/values.ts";
import { checkComparable } from "./comparison.ts";
import type { Compiled, Compiler } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import { foldable } from "./folding.ts";

/** `[1..5)`: its ends must have an order, and come in it. */
export function compileRange(node: RangeNode, compiler: Compiler): Compiled {
  const low = compileNode(node.low, compiler);
  const high = compileNode(node.high, compiler);
  checkComparable({ ...node, operator: "<=" }, low.type, high.type, compiler);
  const { lowIncluded, highIncluded, from, to } = node;
  const evaluate: Compiled["evaluate"] = (input, frame) => {
    const ends = {
      low: low.evaluate(input, frame),
      lowIncluded,
      high: high.evaluate(input, frame),
      highIncluded,
    };
    if (ends.low !== null && ends.high !== null && compare(ends.low, ends.high) === null) {
      return frame.warnAt("type-mismatch", "the ends of the range cannot be compared", from, to);
    }
    return new FeelRange(ends);
  };
  return foldable({ evaluate, type: rangeOf(unionType(low.type, high.type)) }, low, high);
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

function rangeOfTest(operator: TestNode["operator"], value: FeelValue): FeelRange {
  const open = { low: null, lowIncluded: false, high: null, highIncluded: false };
  switch (operator) {
    case "<":
    case "<=":
      return new FeelRange({ ...open, high: value, highIncluded: operator === "<=" }, operator);
    case ">":
    case ">=":
      return new FeelRange({ ...open, low: value, lowIncluded: operator === ">=" }, operator);
    case "=":
    case "!=": {
      const included = operator === "=";
      return new FeelRange(
        { low: value, lowIncluded: included, high: value, highIncluded: included },
        operator,
      );
    }
  }
}
