import { isOfType } from "../conversion/coerce.ts";
import type { NodeOf, TypeNode } from "../syntax/ast.ts";
import {
  ANY,
  BOOLEAN,
  contextOf,
  type FeelType,
  functionOf,
  listOf,
  namedType,
  rangeOf,
} from "../values/types.ts";
import type { Compiled, Compiler } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import { closest, hinting } from "./suggestion.ts";

/** `value instance of type`; null is an instance of the null type alone (DMN 1.5, table 53). */
export function compileInstanceOf(node: NodeOf<"instance of">, compiler: Compiler): Compiled {
  const { evaluate: value } = compileNode(node.value, compiler);
  const errors = compiler.diagnostics.length;
  const type = resolveType(node.type, compiler);
  const unknown = compiler.diagnostics.length > errors;
  const { from, to } = node.type;
  return {
    evaluate: (input, frame) => {
      const tested = value(input, frame);
      if (unknown) return frame.warnAt("unknown-name", "the type is not known", from, to);
      return tested === null ? type.kind === "null" : isOfType(tested, type, frame);
    },
    type: BOOLEAN,
  };
}

/** The type that is written there; an unknown name is reported and taken for Any. */
export function resolveType(node: TypeNode, compiler: Compiler): FeelType {
  switch (node.kind) {
    case "list":
      return listOf(resolveType(node.element, compiler));
    case "range":
      return rangeOf(resolveType(node.element, compiler));
    case "function":
      return functionOf(
        node.parameters.map((parameter) => resolveType(parameter, compiler)),
        resolveType(node.result, compiler),
      );
    case "context": {
      const entries: Record<string, FeelType> = Object.create(null);
      for (const { name, type } of node.entries) entries[name] = resolveType(type, compiler);
      return contextOf(entries);
    }
    case "named":
      return declaredType(node, compiler);
  }
}

function declaredType(node: Extract<TypeNode, { kind: "named" }>, compiler: Compiler): FeelType {
  const declared = Object.hasOwn(compiler.types, node.name) ? compiler.types[node.name] : undefined;
  const type = declared ?? namedType(node.name);
  if (type) return type;
  const suggestion = closest(node.name, [
    ...Object.keys(compiler.types),
    "string",
    "number",
    "boolean",
    "date",
    "time",
  ]);
  compiler.error("unknown-type", node, `unknown type \`${node.name}\``, {
    expected: "a type",
    ...hinting(suggestion),
  });
  return ANY;
}
