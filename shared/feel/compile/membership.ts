import { equal } from "../operations/equality.ts";
import { inRange } from "../operations/membership.ts";
import type { Node, NodeOf } from "../syntax/ast.ts";
import { BOOLEAN, type FeelType, typeName } from "../values/types.ts";
import { type FeelInput, FeelRange, type FeelValue, isList } from "../values/values.ts";
import { compareValues, comparisonWith, itself, type ValueTest } from "./comparison.ts";
import type { Compiled, Compiler } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import type { Frame } from "./frame.ts";
import { reportCommas, reportComparison, reportJoined } from "./test-slips.ts";

/** A test of one value: an item of `in (...)` or of a decision table's cell. */
export interface Test {
  readonly test: (value: FeelValue, input: FeelInput, frame: Frame) => boolean | null;
  /** What the value is compared with, if that is known beforehand. */
  readonly known?: FeelValue;
  readonly type: FeelType;
}

/** `value in test` and `value in (test, test)` (DMN 1.5, table 55). */
export function compileIn(node: NodeOf<"in">, compiler: Compiler): Compiled {
  const value = compileNode(node.value, compiler);
  const tests = compileTests({ what: "value", type: value.type }, node.tests, compiler);
  const { from, to } = node;
  const evaluate: Compiled["evaluate"] = (input, frame) =>
    anyTest(tests, value.evaluate(input, frame), input, frame) ??
    frame.warnAt("type-mismatch", "whether the value is in there cannot be told", from, to);
  return { evaluate, type: BOOLEAN };
}

/** What tests are about, and its type. */
export interface Tested {
  readonly what: "value" | "input";
  readonly type: FeelType;
}

function compileTests(tested: Tested, nodes: readonly Node[], compiler: Compiler): readonly Test[] {
  reportCommas(nodes, compiler);
  return nodes.map((node) => compileTestOf(tested, node, compiler));
}

/** Compiles a test, and reports what makes it one that never passes. */
export function compileTestOf(tested: Tested, node: Node, compiler: Compiler): Test {
  const isJoined = reportJoined(node, compiler);
  const findings = compiler.diagnostics.length;
  const test = compiler.beside(tested.type, () => compileTest(node, compiler));
  if (isJoined) compiler.diagnostics.length = findings;
  else checkTest(tested, node, test, compiler);
  return test;
}

/** Reports a test that nothing of the tested type can pass. */
function checkTest({ what, type: tested }: Tested, node: Node, test: Test, compiler: Compiler): void {
  if (node.kind === "test" && reportComparison(node, compiler)) return;
  // An operator compares with the range itself, as in `= [1..5]`, and not with what lies in it.
  const isWhole = node.kind === "test" && test.type.kind === "range";
  const type = isWhole ? test.type : comparedType(test.type);
  if (type.kind === tested.kind || UNCHECKED.has(type.kind) || UNCHECKED.has(tested.kind)) return;
  if (tested.kind === "list" || tested.kind === "range") return;
  const { from, to } = isWhole ? node.operand : node;
  const expected = isWhole ? compiler.text.slice(from, to) : typeName(tested);
  const message = `the ${what} is a ${typeName(tested)}, never a ${typeName(type)}`;
  compiler.error("never-true", node, message, { expected });
}

const UNCHECKED: ReadonlySet<string> = new Set(["any", "null", "function"]);

/** What a value is compared with in the end: the elements of lists, the ends of ranges. */
function comparedType(type: FeelType): FeelType {
  return type.kind === "range" || type.kind === "list" ? comparedType(type.element) : type;
}

/** Whether the value passes any of the tests; null if none decides and one cannot tell. */
export function anyTest(
  tests: readonly Test[],
  value: FeelValue,
  input: FeelInput,
  frame: Frame,
): boolean | null {
  let result: boolean | null = false;
  for (const { test } of tests) {
    const verdict = test(value, input, frame);
    if (verdict === true) return true;
    if (verdict === null) result = null;
  }
  return result;
}

/** Compiles `< 5`, `[1..3]`, `"a"` or any expression as a test of a value. */
function compileTest(node: Node, compiler: Compiler): Test {
  if (node.kind === "test") {
    const operand = compileNode(node.operand, compiler);
    const known = operand.constant?.value;
    if (known !== undefined && known !== null) {
      const range = compileNode(node, compiler).constant?.value ?? null;
      return {
        test: ignoringInput(comparisonWith(node, known, itself)),
        known: range,
        type: operand.type,
      };
    }
    const test: Test["test"] = (value, input, frame) =>
      compareValues(node, value, operand.evaluate(input, frame), frame);
    return { test, type: operand.type };
  }
  const compiled = compileNode(node, compiler);
  const known = compiled.constant?.value;
  if (known !== undefined) return { test: ignoringInput(knownTest(known, node)), known, type: compiled.type };
  return {
    test: (value, input, frame) => isIn(value, compiled.evaluate(input, frame), frame),
    type: compiled.type,
  };
}

function ignoringInput(test: ValueTest): Test["test"] {
  return (value, _, frame) => test(value, frame);
}

function knownTest(known: FeelValue, node: Node): ValueTest {
  if (known instanceof FeelRange) return rangeTest(known);
  if (isList(known)) return (value, frame) => isIn(value, known, frame);
  if (known === null) return (value) => value === null;
  return comparisonWith({ operator: "=", from: node.from, to: node.to }, known, itself);
}

/** Most ranges are of numbers. */
function rangeTest(range: FeelRange): ValueTest {
  const { low, high, lowIncluded, highIncluded } = range;
  if (range.operator !== null || typeof low !== "number" || typeof high !== "number") {
    return (value, frame) => inRange(value, range, frame);
  }
  return (value, frame) => {
    if (typeof value !== "number") return inRange(value, range, frame);
    return (lowIncluded ? value >= low : value > low) && (highIncluded ? value <= high : value < high);
  };
}

/** Whether the value equals, or is an element of, or lies in what the test evaluated to. */
export function isIn(value: FeelValue, test: FeelValue, frame: Frame): boolean | null {
  if (test instanceof FeelRange)
    return value instanceof FeelRange ? equal(value, test, frame) : inRange(value, test, frame);
  if (!isList(test)) return equal(value, test, frame);
  frame.spend(test.length);
  if (isList(value) && equal(value, test, frame) === true) return true;
  let result: boolean | null = false;
  for (const item of test) {
    const isInside = item instanceof FeelRange && !(value instanceof FeelRange);
    const verdict = isInside ? inRange(value, item, frame) : equal(value, item, frame);
    if (verdict === true) return true;
    if (verdict === null && item instanceof FeelRange) result = null;
  }
  return result;
}
