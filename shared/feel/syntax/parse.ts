import type { LRParser } from "@lezer/lr";
import { parser } from "lezer-feel";
import type { Limits } from "../run/limits.ts";
import type { Scope } from "../values/types.ts";
import type { Node, UnaryTestsNode } from "./ast.ts";
import { type Diagnostic, FeelSyntaxError, positionOf } from "./diagnostics.ts";
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

/** The tree of an expression. Throws FeelSyntaxError. */
export function parseExpression(text: string, names: Names, limits: Limits): Node {
  return parse(text, { top: "Expression", names, limits, read: readExpression });
}

/** The tree of a cell's unary tests. Throws FeelSyntaxError. */
export function parseUnaryTests(text: string, names: Names, limits: Limits): UnaryTestsNode {
  if (text.trim() === "") return { negated: false, tests: "any" };
  return parse(text, { top: "UnaryTests", names, limits, read: readUnaryTests });
}

/** What a text is read as, and against which names and bounds. */
interface Reading<T> {
  readonly top: Top;
  readonly names: Names;
  readonly limits: Limits;
  readonly read: (tree: TreeNode, text: string, limits: Limits) => T;
}

function parse<T>(text: string, { top, names, limits, read }: Reading<T>): T {
  const { textLength } = limits;
  if (text.length > textLength) {
    const message = `longer than ${textLength} characters`;
    throw failure(text, { code: "too-long", message, from: textLength, to: text.length });
  }
  const source = maskComments(text);
  const tooDeep = source.depthExceeds(limits.nesting) ?? endlessWords(source.text);
  if (tooDeep !== null) {
    throw failure(text, { code: "too-deep", message: "too deeply nested", from: tooDeep, to: tooDeep + 1 });
  }
  try {
    const tree = parseTree(parserFor(names, top), source.text);
    if (typeof tree !== "number") return read(tree, text, limits);
    throw failure(text, { code: "syntax", ...explainSyntax(source.text, tree) });
  } catch (error) {
    throw error instanceof TreeProblem ? failure(text, error) : error;
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

type Problem = Omit<Diagnostic, "severity" | "line" | "column">;

function failure(text: string, { code, message, from, to, expected }: Problem): FeelSyntaxError {
  const found: Diagnostic = { severity: "error", code, message, from, to, ...positionOf(text, from) };
  return new FeelSyntaxError([expected === undefined ? found : { ...found, expected }]);
}
