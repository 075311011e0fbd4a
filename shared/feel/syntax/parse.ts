import { parser } from "lezer-feel";
import { type Diagnostic, type DiagnosticCode, FeelSyntaxError, positionOf } from "../diagnostics.ts";
import type { Limits } from "../limits.ts";
import { StrictParser } from "../lr/parse.ts";
import type { Node, UnaryTestsNode } from "./ast.ts";
import { namesTracker, type Scope } from "./names.ts";
import { readExpression, readUnaryTests } from "./read-tree.ts";
import { endlessWords, maskComments, maskRangeTypes } from "./source.ts";
import { explainSyntax } from "./syntax-error.ts";
import { type TreeNode, TreeProblem } from "./tree.ts";

type Top = "Expression" | "UnaryTests";
type Tracker = ReturnType<typeof namesTracker>;

/** What a name can mean: the declared names, and the functions that are always there. */
export interface Names {
  readonly scope: Scope;
  readonly functions: Iterable<string>;
}

/** Made when the first text is parsed: whoever only runs compiled rules never reads the grammar's tables. */
let grammar: StrictParser | undefined;

/** Building the table of names is dear, and a playbook compiles hundreds of expressions against one scope. */
const TRACKERS = new WeakMap<Scope, Tracker>();

function trackerFor({ scope, functions }: Names): Tracker {
  const known = TRACKERS.get(scope);
  if (known) return known;
  const tracker = namesTracker(scope, functions);
  TRACKERS.set(scope, tracker);
  return tracker;
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
  const tree = parseTree(source.text, top, trackerFor(names));
  if (typeof tree === "number") {
    const { message, from, to, expected } = explainSyntax(source.text, tree);
    throw failure(text, "syntax", message, from, to, expected);
  }
  try {
    return read(tree, text);
  } catch (error) {
    if (error instanceof TreeProblem) throw failure(text, error.code, error.message, error.from, error.to);
    throw error;
  }
}

/** The tree, or where the parser gave up. */
function parseTree(text: string, top: Top, tracker: Tracker): TreeNode | number {
  const first = attempt(text, top, tracker);
  const masked = typeof first === "number" ? maskRangeTypes(text) : text;
  if (masked === text) return first;
  const second = attempt(masked, top, tracker);
  return typeof second === "number" ? first : second;
}

function attempt(text: string, top: Top, tracker: Tracker): TreeNode | number {
  grammar ??= new StrictParser(parser);
  try {
    return grammar.parse(text, top, tracker);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // "No parse at 12".
    return Number(/\d+$/.exec(error.message)?.[0]);
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
