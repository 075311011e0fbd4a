import { builtins } from "./builtins/all.ts";
import {
  type CompiledExpression,
  type CompiledUnaryTests,
  type CompileOptions,
  compileTree,
  compileUnaryTestsTree,
} from "./compile-tree.ts";
import { DEFAULT_LIMITS, type Limits } from "./run/limits.ts";
import type { Node, UnaryTestsNode } from "./syntax/ast.ts";
import { parseExpression, parseUnaryTests } from "./syntax/parse.ts";
import type { FeelType, Scope } from "./values/types.ts";

type TextLimits = Pick<CompileOptions, "limits">;

/**
 * Compiles an expression against the names it may use. Throws FeelSyntaxError if the text is no FEEL expression.
 *
 * @example compile("customer.age >= 18", { customer: contextOf({ age: NUMBER }) }).evaluate({ customer: { age: 21 } })
 */
export function compile(text: string, scope: Scope, options: CompileOptions = {}): CompiledExpression {
  return compileTree(text, treeOf(text, scope, options), scope, options);
}

/** Compiles the content of a decision table's cell, a test of an input of that type. */
export function compileUnaryTests(
  text: string,
  inputType: FeelType,
  scope: Scope,
  options: CompileOptions = {},
): CompiledUnaryTests {
  return compileUnaryTestsTree(text, testsTreeOf(text, scope, options), scope, { ...options, inputType });
}

/** The syntax tree of an expression: plain data for `compileTree`. Throws FeelSyntaxError. */
export function treeOf(text: string, scope: Scope, { limits }: TextLimits = {}): Node {
  return parseExpression(text, namesOf(scope), limitsOf(limits));
}

/** The syntax tree of a cell's unary tests, for `compileUnaryTestsTree`. Throws FeelSyntaxError. */
export function testsTreeOf(text: string, scope: Scope, { limits }: TextLimits = {}): UnaryTestsNode {
  return parseUnaryTests(text, namesOf(scope), limitsOf(limits));
}

const limitsOf = (limits: Partial<Limits> | undefined): Limits => ({ ...DEFAULT_LIMITS, ...limits });

const namesOf = (scope: Scope) => ({ scope, functions: builtins().keys() });
