import { compare } from "../operations/order.ts";
import type { Iterator, NodeOf } from "../syntax/ast.ts";
import { ANY, BOOLEAN, bounded, type FeelType, listOf } from "../values/types.ts";
import {
  FeelDate,
  type FeelInput,
  FeelRange,
  type FeelValue,
  isList,
  type RangeEnds,
} from "../values/values.ts";
import type { Compiled, Compiler, Evaluate } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import type { Frame } from "./frame.ts";
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
      const complete = iterate({ loops, input, frame }, () => {
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

/** What the loops of one evaluation run with. */
interface Iteration {
  readonly loops: readonly Loop[];
  readonly input: FeelInput;
  readonly frame: Frame;
}

/** Runs `visit` for each combination until it answers false; null if something iterated over is no list. */
function iterate(iteration: Iteration, visit: () => boolean, depth = 0): boolean | null {
  const { loops, input, frame } = iteration;
  const loop = loops[depth];
  if (!loop) return visit();
  const elements = loop.elements(input, frame);
  if (elements === null) return null;
  for (const element of elements) {
    frame.spend(1);
    frame.slots[loop.slot] = element;
    const going = iterate(iteration, visit, depth + 1);
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
      const elements = end
        ? sequence({ low: value, lowIncluded: true, high: end.evaluate(input, frame), highIncluded: true })
        : elementsOf(value);
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

/**
 * A list's elements, a range's integers or days; any other value stands for a list of itself. The ends of a range come in
 * their order (DMN 1.5, 10.3.2.7), so that `[3..1]` is none; `3..1` behind `in` is no range and runs downwards.
 */
export function elementsOf(value: FeelValue): Iterable<FeelValue> | null {
  if (value === null) return null;
  if (isList(value)) return value;
  if (!(value instanceof FeelRange)) return [value];
  return (compare(value.low, value.high) ?? 0) > 0 ? null : sequence(value);
}

/** Integers or days from one end to the other, downwards if the first is the greater; null for other ends. */
function sequence(range: RangeEnds): Iterable<FeelValue> | null {
  const { low, high } = range;
  if (Number.isInteger(low) && typeof low === "number" && typeof high === "number") {
    return steps(range, low, high, (value) => value);
  }
  if (low instanceof FeelDate && high instanceof FeelDate) {
    return steps(range, low.epochDay, high.epochDay, (day) => new FeelDate(day));
  }
  return null;
}

function* steps(
  { lowIncluded, highIncluded }: RangeEnds,
  start: number,
  end: number,
  toValue: (step: number) => FeelValue,
): Generator<FeelValue> {
  const direction = start <= end ? 1 : -1;
  for (let step = lowIncluded ? start : start + direction; ; step += direction) {
    const order = (compare(step, end) ?? 0) * direction;
    if (order > 0 || (order === 0 && !highIncluded)) return;
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
      const complete = iterate({ loops, input, frame }, () => {
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
