import { normalizeName } from "../values/names.ts";
import type { Parameter, TypeNode } from "./ast.ts";
import { existing, nameOf, partsOf, type TreeNode, TreeProblem } from "./tree.ts";

/** Reads the grammar's `Type` and what stands in it. */
export function readType(node: TreeNode, text: string): TypeNode {
  const { from, to } = node;
  const parts = partsOf(node);
  const [first] = parts;
  switch (node.name) {
    case "Type":
    case "ArgumentType":
      if (first) return readType(first, text);
      return { kind: "named", name: normalizeName(text.slice(from, to)), from, to };
    case "QualifiedName":
    case "SpecialType":
    case "VariableName":
      return { kind: "named", name: normalizeName(text.slice(from, to)).replace(/ \. /g, "."), from, to };
    case "ListType": {
      const kind = text.startsWith("range", from) ? "range" : "list";
      return { kind, element: readType(existing(first, node), text), from, to };
    }
    case "ContextType": {
      const entries = parts.flatMap(partsOf).map((entry) => {
        const [name, type] = partsOf(entry);
        return { name: nameOf(existing(name, entry), text), type: readType(existing(type, entry), text) };
      });
      return { kind: "context", entries, from, to };
    }
    case "FunctionType": {
      const result = existing(
        parts.find(({ name }) => name === "Type"),
        node,
      );
      const given = parts.find(({ name }) => name === "ArgumentTypes");
      const parameters = given ? partsOf(given).map((part) => readType(part, text)) : [];
      return { kind: "function", parameters, result: readType(result, text), from, to };
    }
    default:
      throw new TreeProblem("syntax", `${JSON.stringify(text.slice(from, to))} is not a type`, node);
  }
}

export function readParameter(node: TreeNode, text: string): Parameter {
  const { from, to } = node;
  const [name, type] = partsOf(node);
  const parameter = { name: nameOf(existing(name, node), text), from, to };
  return type ? { ...parameter, type: readType(type, text) } : parameter;
}
