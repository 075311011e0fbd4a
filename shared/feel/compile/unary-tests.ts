import type { Node, UnaryTestsNode } from "../syntax/ast.ts";
import { type FeelType, isUnknown } from "../values/types.ts";
import type { FeelInput, FeelValue } from "../values/values.ts";
import type { Compiler } from "./compiler.ts";
import { compileNode } from "./expression.ts";
import type { Frame } from "./frame.ts";
import { anyTest, compileTestOf, isIn, type Test } from "./membership.ts";
import { reportCommas } from "./test-slips.ts";

/** What a decision table's cell says, where that is known without evaluating it: for indexes and analysis. */
export type UnaryShape =
  | { readonly kind: "any" }
  /** Any of the tests, or none of them if `negated`: a range, or a value (for a list: one of its elements). */
  | { readonly kind: "tests"; readonly negated: boolean; readonly tests: readonly FeelValue[] }
  | { readonly kind: "expression" };

export type TestInput = (value: FeelValue, input: FeelInput, frame: Frame) => boolean | null;

/** A cell's tests: how they judge an input, and what is known of them beforehand. */
export interface CompiledUnary {
  readonly test: TestInput;
  readonly shape: UnaryShape;
}

/** Unary tests (DMN 1.5, table 55): the input is equal to, in, or makes true what each test says. */
export function compileUnary(node: UnaryTestsNode, inputType: FeelType, compiler: Compiler): CompiledUnary {
  if (node.tests === "any") return { test: () => true, shape: { kind: "any" } };
  const { slot } = compiler.declare("?", inputType);
  const framed = compiler.needsFrame;
  compiler.needsFrame = false;
  compiler.inputSlot = slot;
  compiler.inputType = inputType;
  reportCommas(node.tests, compiler);
  const tests = node.tests.map((test) => compileInputTest(test, slot, inputType, compiler));
  const known = tests.map((test) => test.known);
  const isKnown = known.every((value) => value !== undefined);
  compiler.needsFrame ||= framed && !isKnown;
  const [only] = tests;
  const any: TestInput =
    tests.length === 1 && only ? only.test : (value, input, frame) => anyTest(tests, value, input, frame);
  return {
    test: node.negated ? negate(any) : any,
    shape: isKnown ? { kind: "tests", negated: node.negated, tests: known } : { kind: "expression" },
  };
}

function negate(test: TestInput): TestInput {
  return (value, input, frame) => {
    const verdict = test(value, input, frame);
    return verdict === null ? null : !verdict;
  };
}

function compileInputTest(node: Node, slot: number, inputType: FeelType, compiler: Compiler): Test {
  if (!mentionsInput(node)) {
    const test = compileTestOf({ what: "input", type: inputType }, node, compiler);
    if (isUnknown(inputType) && test.type.kind === "boolean" && !isComparable(node, test)) {
      compiler.warning("never-true", node, "the input is compared with this: a condition about it says `?`");
    }
    return test;
  }
  const { evaluate, type } = compileNode(node, compiler);
  return {
    type,
    test: (value, input, frame) => {
      frame.slots[slot] = value;
      const result = evaluate(input, frame);
      if (typeof result === "boolean" || result === null) return result;
      return isIn(value, result, frame);
    },
  };
}

/** Whether the author can have meant an input that equals this truth value: it is written so, or has a name. */
function isComparable({ kind }: Node, { known }: Test): boolean {
  return known !== undefined || kind === "name" || kind === "path" || kind === "test";
}

/** Whether `?` occurs, which makes the test a condition instead of something to compare the input with. */
function mentionsInput(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(mentionsInput);
  if (typeof node !== "object" || node === null) return false;
  if ("kind" in node && node.kind === "input") return true;
  if ("kind" in node && node.kind === "literal") return false;
  return Object.values(node).some(mentionsInput);
}
