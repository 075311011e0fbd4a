import { parser } from "lezer-feel";
import { type Diagnostic, type DiagnosticCode, FeelSyntaxError, positionOf } from "../diagnostics.ts";
import type { Limits } from "../limits.ts";
import type { Node, UnaryTestsNode } from "./ast.ts";
import { namesTracker, type Scope } from "./names.ts";
import { readExpression, readUnaryTests } from "./read-tree.ts";
import { maskComments, maskRangeTypes } from "./source.ts";
import { explainSyntax } from "./syntax-error.ts";
import { TreeProblem } from "./tree.ts";

type Top = "Expression" | "UnaryTests";
type LezerParser = typeof parser;
type Tree = ReturnType<LezerParser["parse"]>;

/** Building the table of names is dear, and a playbook compiles hundreds of expressions against one scope. */
const PARSERS = new WeakMap<Scope, Record<Top, LezerParser>>();

function parserFor(scope: Scope, top: Top): LezerParser {
  const known = PARSERS.get(scope);
  if (known) return known[top];
  const contextTracker = namesTracker(scope);
  const parsers = {
    Expression: parser.configure({ top: "Expression", contextTracker, strict: true }),
    UnaryTests: parser.configure({ top: "UnaryTests", contextTracker, strict: true }),
  };
  PARSERS.set(scope, parsers);
  return parsers[top];
}

export function parseExpression(text: string, scope: Scope, limits: Limits): Node {
  return parse(text, scope, "Expression", limits, (tree, source) =>
    readExpression(tree.topNode, source, limits),
  );
}

export function parseUnaryTests(text: string, scope: Scope, limits: Limits): UnaryTestsNode {
  if (text.trim() === "") return { negated: false, tests: "any" };
  return parse(text, scope, "UnaryTests", limits, (tree, source) =>
    readUnaryTests(tree.topNode, source, limits),
  );
}

function parse<T>(
  text: string,
  scope: Scope,
  top: Top,
  limits: Limits,
  read: (tree: Tree, source: string) => T,
): T {
  if (text.length > limits.textLength) {
    throw failure(
      text,
      "too-long",
      `longer than ${limits.textLength} characters`,
      limits.textLength,
      text.length,
    );
  }
  const source = maskComments(text);
  const tooDeep = source.depthExceeds(limits.nesting);
  if (tooDeep !== null) {
    throw failure(text, "too-deep", `nested deeper than ${limits.nesting} brackets`, tooDeep, tooDeep + 1);
  }
  const lezer = parserFor(scope, top);
  const tree = attempt(lezer, source.text) ?? attempt(lezer, maskRangeTypes(source.text));
  if (!tree) {
    const problem = explainSyntax(text, source.text, (prefix) => furthest(lezer, prefix));
    throw failure(text, "syntax", problem.message, problem.from, problem.to, problem.expected);
  }
  try {
    return read(tree, text);
  } catch (error) {
    if (error instanceof TreeProblem) throw failure(text, error.code, error.message, error.from, error.to);
    throw error;
  }
}

/** The tree, or undefined if the text is not in the language. */
function attempt(lezer: LezerParser, text: string): Tree | undefined {
  try {
    return lezer.parse(text);
  } catch {
    // The strict parser throws a SyntaxError; its context tracker throws plain errors on some malformed names.
    return undefined;
  }
}

/** Where the strict parser gave up. */
function furthest(lezer: LezerParser, text: string): number {
  try {
    lezer.parse(text);
    return text.length;
  } catch (error) {
    const position = error instanceof SyntaxError ? /(\d+)$/.exec(error.message)?.[1] : undefined;
    return position === undefined ? 0 : Number(position);
  }
}

function failure(
  text: string,
  code: DiagnosticCode,
  message: string,
  from: number,
  to: number,
  expected?: string,
): FeelSyntaxError {
  const found: Diagnostic = { severity: "error", code, message, from, to, ...positionOf(text, from) };
  return new FeelSyntaxError([expected === undefined ? found : { ...found, expected }]);
}
