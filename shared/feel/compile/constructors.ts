import type { NodeOf } from "../syntax/ast.ts";
import { bounded, CONTEXT, contextOf, type FeelType, listOf, NULL, unionType } from "../values/types.ts";
import { type FeelValue, newContext } from "../values/values.ts";
import { type Compiled, type Compiler, constant } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import { compileFunction } from "./function-definition.ts";

export function compileList(node: NodeOf<"list">, compiler: Compiler): Compiled {
  const items = node.items.map((item) => compileNode(item, compiler));
  const type = bounded(listOf(items.map((item) => item.type).reduce(unionType, NULL)));
  const constants = items.map((item) => item.constant);
  if (constants.every((item) => item !== undefined))
    return constant(
      constants.map(({ value }) => value),
      type,
    );
  const evaluates = items.map(({ evaluate }) => evaluate);
  return {
    evaluate: (input, frame) => {
      const values: FeelValue[] = [];
      frame.spend(evaluates.length);
      for (const evaluate of evaluates) values.push(evaluate(input, frame));
      return values;
    },
    type,
  };
}

/** A context; an entry may use the entries before it (DMN 1.5, table 53), a function among them also itself. */
export function compileContext(node: NodeOf<"context">, compiler: Compiler): Compiled {
  const names = new Set<string>();
  for (const entry of node.entries) {
    if (names.has(entry.name)) {
      compiler.error("invalid-literal", entry, `the entry \`${entry.name}\` is there twice`);
      return {
        evaluate: (_, frame) =>
          frame.warnAt("invalid-value", "an entry is there twice", entry.from, entry.to),
        type: CONTEXT,
      };
    }
    names.add(entry.name);
  }
  return compiler.inScope(() => {
    const types: Record<string, FeelType> = Object.create(null);
    const entries = node.entries.map(({ name, value }) => {
      const compiled = compileEntry(name, value, compiler);
      types[name] = compiled.type;
      return compiled;
    });
    return {
      evaluate: (input, frame) => {
        const context = newContext();
        frame.spend(entries.length);
        for (const { name, slot, evaluate } of entries) {
          const value = evaluate(input, frame);
          context[name] = value;
          frame.slots[slot] = value;
        }
        return context;
      },
      type: bounded(contextOf(types)),
    };
  });
}

function compileEntry(name: string, node: NodeOf<"context">["entries"][number]["value"], compiler: Compiler) {
  if (node.kind === "function") {
    const local = compiler.declare(name, { kind: "any" });
    return { name, slot: local.slot, ...compileFunction(node, compiler, local.slot) };
  }
  const compiled = compileNode(node, compiler);
  const { slot } = compiler.declare(name, compiled.type);
  return { name, slot, ...compiled };
}
