import type { Node, NodeOf } from "../syntax/ast.ts";
import { parseTemporal } from "../temporal/parse.ts";
import { ANY } from "../values/types.ts";
import { typeOf } from "../values/values.ts";
import { compileArithmetic, compileNegation } from "./arithmetic.ts";
import { compileBetween, compileComparison } from "./comparison.ts";
import { type Compiled, type Compiler, constant } from "./compiler.ts";
import { compileContext, compileList } from "./constructors.ts";
import { compileFilter } from "./filter.ts";
import { compileFunction } from "./function-definition.ts";
import { compileInstanceOf } from "./instance-of.ts";
import { compileCall } from "./invocation.ts";
import { compileFor, compileQuantified } from "./iteration.ts";
import { compileConjunction, compileIf } from "./logic.ts";
import { compileIn } from "./membership.ts";
import { compileInput, compileName } from "./names.ts";
import { compilePath } from "./path.ts";
import { compileRange, compileTestAsRange } from "./range.ts";
import { reportThousands } from "./test-slips.ts";

/** Compiles an expression, whatever its kind. */
export function compileNode(node: Node, compiler: Compiler): Compiled {
  switch (node.kind) {
    case "literal":
      if (typeof node.value === "number") reportThousands(node, compiler);
      return constant(node.value, typeOf(node.value));
    case "temporal":
      return compileTemporal(node);
    case "invalid":
      return compileInvalid(node, compiler);
    case "name":
      return compileName(node, compiler);
    case "input":
      return compileInput(node, compiler);
    case "negation":
      return compileNegation(node, compiler);
    case "arithmetic":
      return compileArithmetic(node, compiler);
    case "compare":
      return compileComparison(node, compiler);
    case "and":
    case "or":
      return compileConjunction(node, compiler);
    case "between":
      return compileBetween(node, compiler);
    case "in":
      return compileIn(node, compiler);
    case "instance of":
      return compileInstanceOf(node, compiler);
    case "if":
      return compileIf(node, compiler);
    case "for":
      return compileFor(node, compiler);
    case "some":
    case "every":
      return compileQuantified(node, compiler);
    case "path":
      return compilePath(node, compiler);
    case "filter":
      return compileFilter(node, compiler);
    case "list":
      return compileList(node, compiler);
    case "context":
      return compileContext(node, compiler);
    case "range":
      return compileRange(node, compiler);
    case "test":
      return compileTestAsRange(node, compiler);
    case "function":
      return compileFunction(node, compiler);
    case "call":
      return compileCall(node, compiler);
  }
}

function compileTemporal({ text }: NodeOf<"temporal">): Compiled {
  const value = parseTemporal(text);
  return constant(value, typeOf(value));
}

function compileInvalid({ message, from, to }: NodeOf<"invalid">, compiler: Compiler): Compiled {
  compiler.error("invalid-literal", { from, to }, message);
  return { evaluate: (_, frame) => frame.warnAt("invalid-value", message, from, to), type: ANY };
}
