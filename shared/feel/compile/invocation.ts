import { callBuiltin } from "../builtins/call.ts";
import { invoke } from "../builtins/invoke.ts";
import { BuiltinFunction } from "../builtins/signature.ts";
import { Frame, Run } from "../frame.ts";
import type { CallNode } from "../syntax/ast.ts";
import { normalizeName } from "../syntax/names.ts";
import { ANY, conformsTo, FUNCTION, typeName } from "../types.ts";
import { FeelFunction, type FeelValue, isList, kindOf } from "../values.ts";
import { checkBuiltinCall, checkCall } from "./arguments.ts";
import { type Compiled, type Compiler, constant, type Evaluate } from "./compiler.ts";
import { compileNode } from "./expression.ts";

/** `f(1, 2)` and `f(a: 1, b: 2)` (DMN 1.5, 10.3.2.13.4). */
export function compileCall(node: CallNode, compiler: Compiler): Compiled {
  compiler.needsFrame = true;
  const callee = compileNode(node.callee, compiler);
  const given = node.named ? node.named.map(({ value }) => value) : node.positional;
  const args = given.map((argument) => compileNode(argument, compiler));
  const names = node.named?.map(({ name }) => normalizeName(name));
  const fn = callee.constant?.value;
  if (fn instanceof BuiltinFunction) return compileBuiltinCall(node, fn, args, names, compiler);
  const { type } = callee;
  if (type.kind !== "any" && !conformsTo(type, FUNCTION)) {
    compiler.error("not-a-function", node.callee, `a ${typeName(type)} cannot be called`, {
      expected: "a function",
    });
  }
  if (type.kind === "function" && !type.open) checkCall(node, type, args, names, compiler);
  return {
    evaluate: callValue(callee.evaluate, args, names, node),
    type: type.kind === "function" ? type.result : ANY,
  };
}

function compileBuiltinCall(
  node: CallNode,
  fn: BuiltinFunction,
  args: readonly Compiled[],
  names: readonly string[] | undefined,
  compiler: Compiler,
): Compiled {
  checkBuiltinCall(node, fn, args, names, compiler);
  const { from, to } = node;
  const evaluates = args.map(({ evaluate }) => evaluate);
  const evaluate: Evaluate = (input, frame) => {
    const values: FeelValue[] = [];
    for (const argument of evaluates) values.push(argument(input, frame));
    frame.from = from;
    frame.to = to;
    return callBuiltin(fn, values, names, frame);
  };
  return foldedLiteral(fn, { evaluate, type: fn.result }, args);
}

/** Functions that write literals: `date("2025-01-31")` in a cell is as constant as `5` is. */
const LITERAL_FUNCTIONS: ReadonlySet<string> = new Set([
  "date",
  "time",
  "date and time",
  "duration",
  "years and months duration",
  "number",
]);

function foldedLiteral(fn: BuiltinFunction, call: Compiled, args: readonly Compiled[]): Compiled {
  if (!LITERAL_FUNCTIONS.has(fn.name) || !args.every((argument) => argument.constant)) return call;
  const value = call.evaluate({}, new Frame([], new Run(undefined)));
  // A null is FEEL's error: its warning belongs to every evaluation.
  return value === null ? call : constant(value, call.type);
}

function callValue(
  callee: Evaluate,
  args: readonly Compiled[],
  names: readonly string[] | undefined,
  { from, to }: CallNode,
): Evaluate {
  const evaluates = args.map(({ evaluate }) => evaluate);
  return (input, frame) => {
    const target = callee(input, frame);
    const values: FeelValue[] = [];
    for (const argument of evaluates) values.push(argument(input, frame));
    frame.from = from;
    frame.to = to;
    const fn = isList(target) && target.length === 1 ? target[0] : target;
    if (!(fn instanceof FeelFunction)) {
      return frame.warn("not-a-function", `a ${kindOf(target)} cannot be called`);
    }
    return invoke(fn, values, names, frame);
  };
}
