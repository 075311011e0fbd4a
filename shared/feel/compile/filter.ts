import type { NodeOf } from "../syntax/ast.ts";
import { ANY, type FeelType } from "../values/types.ts";
import { type FeelValue, isList, kindOf } from "../values/values.ts";
import type { Compiled, Compiler, Evaluate } from "./compiler.ts";
import { compileNode } from "./expression.ts";

/**
 * `list[condition]` keeps the elements for which it is true, `list[number]` is the element of that position, counted
 * from 1, or from the end if negative (DMN 1.5, table 53 and 10.3.2.5). A value that is no list stands for a list of
 * it; null for the empty one.
 */
export function compileFilter(node: NodeOf<"filter">, compiler: Compiler): Compiled {
  const target = compileNode(node.target, compiler);
  const element = target.type.kind === "list" ? target.type.element : target.type;
  return compiler.inScope(() => {
    const items = compiler.declare("item", element, true);
    const condition = compileNode(node.condition, compiler);
    const { from, to } = node.condition;
    const position = condition.constant?.value;
    if (typeof position === "number")
      return { evaluate: byPosition(target.evaluate, position), type: element };
    const keeps = condition.evaluate;
    const decides = condition.type.kind === "boolean";
    const evaluate: Evaluate = (input, frame) => {
      const value = target.evaluate(input, frame);
      const list = isList(value) ? value : value === null ? [] : [value];
      frame.spend(list.length + 1);
      if (list.length === 0 && !decides) {
        frame.slots[items.slot] = null;
        return typeof keeps(input, frame) === "number" ? null : list;
      }
      const kept: FeelValue[] = [];
      for (const item of list) {
        frame.slots[items.slot] = item;
        const verdict = keeps(input, frame);
        if (verdict === true) kept.push(item);
        else if (typeof verdict === "number") return elementAt(list, verdict) ?? null;
        else if (verdict !== false && verdict !== null) {
          return frame.warnAt("type-mismatch", `a filter cannot be a ${kindOf(verdict)}`, from, to);
        }
      }
      return kept;
    };
    return { evaluate, type: filteredType(condition.type, target.type, element) };
  });
}

function byPosition(target: Evaluate, position: number): Evaluate {
  return (input, frame) => {
    const value = target(input, frame);
    return elementAt(isList(value) ? value : value === null ? [] : [value], position) ?? null;
  };
}

function elementAt(list: readonly FeelValue[], position: number): FeelValue | undefined {
  return list[position > 0 ? position - 1 : list.length + position];
}

function filteredType(condition: FeelType, target: FeelType, element: FeelType): FeelType {
  if (condition.kind === "number") return element;
  if (condition.kind !== "boolean") return ANY;
  return target.kind === "list" ? target : { kind: "list", element };
}
