import type { Frame } from "../frame.ts";
import { compare } from "../operations/order.ts";
import type { Iterator } from "../syntax/ast.ts";
import { ANY, BOOLEAN, bounded, type FeelType, listOf } from "../types.ts";
import { FeelDate, type FeelInput, FeelRange, type FeelValue, isList } from "../values.ts";
import type { Compiled, Compiler, Evaluate } from "./compiler.ts";
import { compileNode, type NodeOf } from "./expression.ts";
import { expectBoolean } from "./logic.ts";

interface Loop {
  readonly slot: number;
  readonly elements: (input: FeelInput, frame: Frame) => Iterable<FeelValue> | null;
}

/** `for`: the results of the body for each combination, the last iterator running fastest (DMN 1.5, table 53). */
export function compileFor(node: NodeOf<"for">, compiler: Compiler): Compiled {
  return compiler.inScope(() => {
    const loops = node.iterators.map((iterator) => compileIterator(iterator, compiler));
    const partial = compiler.declare("partial", listOf(ANY));
    const body = compileNode(node.body, compiler);
    const { evaluate } = body;
    const keepsPartial = compiler.text.slice(node.body.from, node.body.to).includes("partial");
    const each: Evaluate = (input, frame) => {
      const results: FeelValue[] = [];
      const complete = iterate(loops, 0, input, frame, () => {
        // A body that keeps `partial` must not see it grow.
        if (keepsPartial) frame.slots[partial.slot] = results.slice();
        results.push(evaluate(input, frame));
        frame.checkListSize(results.length);
        if (keepsPartial) frame.spend(results.length);
        return true;
      });
      return complete === null ? null : results;
    };
    return { evaluate: each, type: bounded(listOf(body.type)) };
  });
}

/** Runs `visit` for each combination until it answers false; null if something iterated over is no list. */
function iterate(
  loops: readonly Loop[],
  depth: number,
  input: FeelInput,
  frame: Frame,
  visit: () => boolean,
): boolean | null {
  const loop = loops[depth];
  if (!loop) return visit();
  const elements = loop.elements(input, frame);
  if (elements === null) return null;
  for (const element of elements) {
    frame.spend(1);
    frame.slots[loop.slot] = element;
    const going = iterate(loops, depth + 1, input, frame, visit);
    if (going !== true) return going;
  }
  return true;
}

function compileIterator(iterator: Iterator, compiler: Compiler): Loop {
  const source = compileNode(iterator.source, compiler);
  const end = iterator.end && compileNode(iterator.end, compiler);
  const { slot } = compiler.declare(iterator.name, end ? source.type : elementType(source.type));
  const { from, to } = iterator;
  return {
    slot,
    elements: (input, frame) => {
      const value = source.evaluate(input, frame);
      const elements = end ? sequence(value, end.evaluate(input, frame), true, true) : elementsOf(value);
      if (elements !== null) return elements;
      frame.warnAt("type-mismatch", "this cannot be iterated over", from, to);
      return null;
    },
  };
}

/** The type of what `elementsOf` gives for values of a type. */
export function elementType(type: FeelType): FeelType {
  if (type.kind === "list" || type.kind === "range") return type.element;
  return type;
}

/** A list's elements, a range's integers or days; any other value stands for a list of itself. */
export function elementsOf(value: FeelValue): Iterable<FeelValue> | null {
  if (value === null) return null;
  if (isList(value)) return value;
  if (!(value instanceof FeelRange)) return [value];
  return sequence(value.low, value.high, value.lowIncluded, value.highIncluded);
}

/** Integers or days from one end to the other, downwards if the first is the greater; null for other ends. */
function sequence(
  start: FeelValue,
  end: FeelValue,
  startIncluded: boolean,
  endIncluded: boolean,
): Iterable<FeelValue> | null {
  if (Number.isInteger(start) && typeof start === "number" && typeof end === "number") {
    return steps(start, end, startIncluded, endIncluded, (value) => value);
  }
  if (start instanceof FeelDate && end instanceof FeelDate) {
    return steps(start.epochDay, end.epochDay, startIncluded, endIncluded, (day) => new FeelDate(day));
  }
  return null;
}

function* steps(
  start: number,
  end: number,
  startIncluded: boolean,
  endIncluded: boolean,
  toValue: (step: number) => FeelValue,
): Generator<FeelValue> {
  const direction = start <= end ? 1 : -1;
  for (let step = startIncluded ? start : start + direction; ; step += direction) {
    const order = (compare(step, end) ?? 0) * direction;
    if (order > 0 || (order === 0 && !endIncluded)) return;
    yield toValue(step);
  }
}

/**
 * `some` and `every` in three values: a single null leaves open what nothing else decides, a condition that is not
 * even a boolean makes the whole null (DMN 1.5, table 53).
 */
export function compileQuantified(node: NodeOf<"some" | "every">, compiler: Compiler): Compiled {
  return compiler.inScope(() => {
    const loops = node.iterators.map((iterator) => compileIterator(iterator, compiler));
    const condition = compileNode(node.condition, compiler);
    expectBoolean(condition, node.condition, compiler);
    const decisive = node.kind === "some";
    const { from, to } = node.condition;
    const evaluate: Evaluate = (input, frame) => {
      let result: boolean | null = !decisive;
      let broken = false;
      const complete = iterate(loops, 0, input, frame, () => {
        const verdict = condition.evaluate(input, frame);
        if (verdict === null) {
          result = null;
          return true;
        }
        if (typeof verdict !== "boolean") broken = true;
        else if (verdict === decisive) result = decisive;
        return !broken && verdict !== decisive;
      });
      if (broken) return frame.warnAt("type-mismatch", "the condition is no boolean", from, to);
      return complete === null ? null : result;
    };
    return { evaluate, type: BOOLEAN };
  });
}
