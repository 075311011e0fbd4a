import { builtins } from "../builtins/all.ts";
import { BuiltinFunction } from "../builtins/builtin-function.ts";
import { callBuiltin } from "../builtins/call.ts";
import { invoke } from "../builtins/invoke.ts";
import type { CallNode, Node } from "../syntax/ast.ts";
import { normalizeName } from "../values/names.ts";
import { ANY, conformsTo, FUNCTION, isUnknown, typeName } from "../values/types.ts";
import { FeelFunction, type FeelValue, isList, kindOf } from "../values/values.ts";
import { type CompiledArguments, checkBuiltinCall, checkCall } from "./arguments.ts";
import { type Compiled, type Compiler, constant, type Evaluate } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import { newFrame } from "./frame.ts";

/** `f(1, 2)` and `f(a: 1, b: 2)` (DMN 1.5, 10.3.2.13.4). */
export function compileCall(node: CallNode, compiler: Compiler): Compiled {
  compiler.needsFrame = true;
  const callee = functionNamed(node.callee, compiler) ?? compileNode(node.callee, compiler);
  const given = node.named ? node.named.map(({ value }) => value) : node.positional;
  const args = given.map((argument) => compileNode(argument, compiler));
  const names = node.named?.map(({ name }) => normalizeName(name));
  const fn = callee.constant?.value;
  const call: CompiledArguments = { node, args, names };
  if (fn instanceof BuiltinFunction) return compileBuiltinCall(call, fn, compiler);
  const { type } = callee;
  if (type.kind !== "any" && !conformsTo(type, FUNCTION)) {
    compiler.error("not-a-function", node.callee, `a ${typeName(type)} cannot be called`, {
      expected: "a function",
    });
  }
  if (type.kind === "function" && !type.open) checkCall(call, type, compiler);
  return {
    evaluate: callValue(callee.evaluate, call),
    type: type.kind === "function" ? type.result : ANY,
  };
}

/** A built-in function whose name the scope has for a value, which nobody can call: `now()` beside `now`. */
function functionNamed(callee: Node, compiler: Compiler): Compiled | undefined {
  if (callee.kind !== "name") return undefined;
  const name = normalizeName(callee.name);
  const builtin = builtins().get(name);
  const declared = compiler.scope[compiler.declaredName(name) ?? ""];
  if (builtin === undefined) return undefined;
  if (declared === undefined || isUnknown(declared) || declared.kind === "function") return undefined;
  return compiler.locals.some((local) => local.name === name) ? undefined : constant(builtin, builtin.type);
}

function compileBuiltinCall(call: CompiledArguments, fn: BuiltinFunction, compiler: Compiler): Compiled {
  checkBuiltinCall(call, fn, compiler);
  const { args, names } = call;
  const { from, to } = call.node;
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
  const value = call.evaluate({}, newFrame(0, undefined));
  // A null is FEEL's error: its warning belongs to every evaluation.
  return value === null ? call : constant(value, call.type);
}

function callValue(callee: Evaluate, { node, args, names }: CompiledArguments): Evaluate {
  const { from, to } = node;
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
