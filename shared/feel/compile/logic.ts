import { BOOLEAN, conformsTo, typeName, unionType } from "../types.ts";
import type { FeelValue } from "../values.ts";
import { type Compiled, type Compiler, constant, type Evaluate } from "./compiler.ts";
import { compileNode, type NodeOf } from "./expression.ts";

/** `and` and `or` in three values; a value that is no boolean counts as null (DMN 1.5, table 50). */
export function compileConjunction(node: NodeOf<"and" | "or">, compiler: Compiler): Compiled {
  const left = compileNode(node.left, compiler);
  const right = compileNode(node.right, compiler);
  expectBoolean(left, node.left, compiler);
  expectBoolean(right, node.right, compiler);
  const evaluate =
    node.kind === "and" ? and(left.evaluate, right.evaluate) : or(left.evaluate, right.evaluate);
  if (!left.constant || !right.constant) return { evaluate, type: BOOLEAN };
  return constant(
    node.kind === "and"
      ? conjunction(left.constant.value, right.constant.value)
      : disjunction(left.constant.value, right.constant.value),
    BOOLEAN,
  );
}

function and(left: Evaluate, right: Evaluate): Evaluate {
  return (input, frame) => {
    const first = left(input, frame);
    if (first === false) return false;
    const second = right(input, frame);
    if (second === false) return false;
    return first === true && second === true ? true : null;
  };
}

function or(left: Evaluate, right: Evaluate): Evaluate {
  return (input, frame) => {
    const first = left(input, frame);
    if (first === true) return true;
    const second = right(input, frame);
    if (second === true) return true;
    return first === false && second === false ? false : null;
  };
}

export function conjunction(left: FeelValue, right: FeelValue): boolean | null {
  if (left === false || right === false) return false;
  return left === true && right === true ? true : null;
}

export function disjunction(left: FeelValue, right: FeelValue): boolean | null {
  if (left === true || right === true) return true;
  return left === false && right === false ? false : null;
}

export function expectBoolean(
  operand: Compiled,
  node: { readonly from: number; readonly to: number },
  compiler: Compiler,
): void {
  if (operand.type.kind === "any" || conformsTo(operand.type, BOOLEAN)) return;
  compiler.warning("type-mismatch", node, `this is a ${typeName(operand.type)}, not a condition`, {
    expected: "boolean",
  });
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
