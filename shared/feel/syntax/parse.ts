import type { LRParser } from "@lezer/lr";
import { parser } from "lezer-feel";
import type { Limits } from "../run/limits.ts";
import type { Scope } from "../values/types.ts";
import type { Node, UnaryTestsNode } from "./ast.ts";
import { type Diagnostic, type DiagnosticCode, FeelSyntaxError, positionOf } from "./diagnostics.ts";
import { namesTracker } from "./names.ts";
import { readExpression, readUnaryTests } from "./read-tree.ts";
import { endlessWords, maskComments, maskRangeTypes } from "./source.ts";
import { strictParse } from "./strict-parse.ts";
import { explainSyntax } from "./syntax-error.ts";
import { type TreeNode, TreeProblem } from "./tree.ts";

type Top = "Expression" | "UnaryTests";

/** What a name can mean: the declared names, and the functions that are always there. */
export interface Names {
  readonly scope: Scope;
  readonly functions: Iterable<string>;
}

/** Building the table of names is dear, and a playbook compiles hundreds of expressions against one scope. */
const PARSERS = new WeakMap<Scope, Record<Top, LRParser>>();

function parserFor({ scope, functions }: Names, top: Top): LRParser {
  const known = PARSERS.get(scope);
  if (known) return known[top];
  const contextTracker = namesTracker(scope, functions);
  const parsers = {
    Expression: parser.configure({ top: "Expression", contextTracker, strict: true }),
    UnaryTests: parser.configure({ top: "UnaryTests", contextTracker, strict: true }),
  };
  PARSERS.set(scope, parsers);
  return parsers[top];
}

export function parseExpression(text: string, names: Names, limits: Limits): Node {
  return parse(text, names, "Expression", limits, (tree, source) => readExpression(tree, source, limits));
}

export function parseUnaryTests(text: string, names: Names, limits: Limits): UnaryTestsNode {
  if (text.trim() === "") return { negated: false, tests: "any" };
  return parse(text, names, "UnaryTests", limits, (tree, source) => readUnaryTests(tree, source, limits));
}

function parse<T>(
  text: string,
  names: Names,
  top: Top,
  limits: Limits,
  read: (tree: TreeNode, source: string) => T,
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
  const tooDeep = source.depthExceeds(limits.nesting) ?? endlessWords(source.text);
  if (tooDeep !== null) throw failure(text, "too-deep", "too deeply nested", tooDeep, tooDeep + 1);
  try {
    const tree = parseTree(parserFor(names, top), source.text);
    if (typeof tree !== "number") return read(tree, text);
    const { message, from, to, expected } = explainSyntax(source.text, tree);
    throw failure(text, "syntax", message, from, to, expected);
  } catch (error) {
    if (error instanceof TreeProblem) throw failure(text, error.code, error.message, error.from, error.to);
    throw error;
  }
}

/** The tree, or where the parser gave up. */
function parseTree(strict: LRParser, text: string): TreeNode | number {
  const first = strictParse(strict, text);
  const masked = typeof first === "number" ? maskRangeTypes(text) : text;
  if (masked === text) return first;
  const second = strictParse(strict, masked);
  return typeof second === "number" ? first : second;
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
