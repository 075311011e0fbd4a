import type { NodeOf, Span } from "../syntax/ast.ts";
import { BOOLEAN, conformsTo, typeName, unionType } from "../values/types.ts";
import type { FeelValue } from "../values/values.ts";
import type { Compiled, Compiler, Evaluate } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import { foldable } from "./folding.ts";
import type { Frame } from "./frame.ts";
import { completed } from "./test-slips.ts";

/** `and` and `or` in three values; a value that is no boolean counts as null (DMN 1.5, table 50). */
export function compileConjunction(node: NodeOf<"and" | "or">, compiler: Compiler): Compiled {
  const left = compileNode(node.left, compiler);
  const right = compileNode(node.right, compiler);
  expectBoolean(left, node.left, compiler);
  expectBoolean(right, node.right, compiler, completed(node, compiler));
  const evaluate = (node.kind === "and" ? and : or)(left.evaluate, right.evaluate, node);
  return foldable({ evaluate, type: BOOLEAN }, left, right);
}

function and(left: Evaluate, right: Evaluate, span: Span): Evaluate {
  return (input, frame) => {
    const first = left(input, frame);
    if (first === false) return false;
    const second = right(input, frame);
    if (second === false) return false;
    return first === true && second === true ? true : undecided(first, second, frame, span);
  };
}

function or(left: Evaluate, right: Evaluate, span: Span): Evaluate {
  return (input, frame) => {
    const first = left(input, frame);
    if (first === true) return true;
    const second = right(input, frame);
    if (second === true) return true;
    return first === false && second === false ? false : undecided(first, second, frame, span);
  };
}

/** Null; worth a word only if an operand is no truth value at all. */
function undecided(first: FeelValue, second: FeelValue, frame: Frame, { from, to }: Span): null {
  if (isTruth(first) && isTruth(second)) return null;
  return frame.warnAt("type-mismatch", "`and` and `or` join booleans", from, to);
}

function isTruth(value: FeelValue): boolean {
  return value === null || typeof value === "boolean";
}

/** Both, in three values: false if either is, null if that leaves it open. */
export function conjunction(left: FeelValue, right: FeelValue): boolean | null {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : null;
}

/** Warns of an operand that is known to be no boolean. `expected` says what was meant, where that is known. */
export function expectBoolean(operand: Compiled, node: Span, compiler: Compiler, expected = "boolean"): void {
  if (operand.type.kind === "any" || conformsTo(operand.type, BOOLEAN)) return;
  const message = `this is a ${typeName(operand.type)}, not a condition`;
  compiler.warning("type-mismatch", node, message, { expected });
}

/** `if`: everything but true takes the other branch (DMN 1.5, table 53). */
export function compileIf(node: NodeOf<"if">, compiler: Compiler): Compiled {
  const condition = compileNode(node.condition, compiler);
  expectBoolean(condition, node.condition, compiler);
  const then = compileNode(node.then, compiler);
  const otherwise = compileNode(node.otherwise, compiler);
  if (condition.constant) return condition.constant.value === true ? then : otherwise;
  const [test, yes, no] = [condition.evaluate, then.evaluate, otherwise.evaluate];
  return {
    evaluate: (input, frame) => (test(input, frame) === true ? yes(input, frame) : no(input, frame)),
    type: unionType(then.type, otherwise.type),
  };
}
