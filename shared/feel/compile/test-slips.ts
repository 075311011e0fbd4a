import type { Node, NodeOf, Span, TestNode } from "../syntax/ast.ts";
import { COMMA_IN_NUMBER, meantComparison } from "../syntax/slips.ts";
import type { Compiler } from "./compiler.ts";

/** Reports `<> 5` and `== 5`, which can be read: as a comparison with a range. */
export function reportComparison({ from, to, operand }: TestNode, compiler: Compiler): boolean {
  if (operand.kind !== "test") return false;
  const slip = meantComparison(compiler.text.slice(from, operand.operand.from));
  if (slip === undefined) return false;
  const message = `\`${slip.written}\` is no comparison`;
  compiler.error("never-true", { from, to }, message, { expected: slip.meant });
  return true;
}

/**
 * Reports tests that are joined by a word, `> 5 and < 100`: what is joined are conditions. Answers whether it did, so that
 * nothing more is said of them.
 */
export function reportJoined(node: Node, compiler: Compiler): boolean {
  if (node.kind !== "and" && node.kind !== "or") return false;
  const { kind, left, right } = node;
  if (!isBare(left) || !isBare(right)) return false;
  const [one, other] = [written(left, compiler), written(right, compiler)];
  const about = `${aboutInput(left, one)} and ${aboutInput(right, other)}`;
  const expected = kind === "or" ? `${one}, ${other}` : (rangeOf(left, right, compiler) ?? about);
  compiler.error("never-true", node, `tests are not joined by \`${kind}\``, { expected });
  return true;
}

/** What an operand of `and` or `or` lacks to be a condition: the value that its neighbour is about. */
export function completed(node: NodeOf<"and" | "or">, compiler: Compiler): string | undefined {
  const { kind, left, right } = node;
  if (left.kind !== "compare" || !isBare(right)) return undefined;
  const [whole, subject, operand] = [left, left.left, right].map((each) => written(each, compiler));
  const operator = right.kind === "test" ? "" : `${left.operator} `;
  return `${whole} ${kind} ${subject} ${operator}${operand}`;
}

const written = ({ from, to }: Span, { text }: Compiler): string => text.slice(from, to);

/** A test or a value that is no truth: by itself no condition. */
function isBare(node: Node): boolean {
  return node.kind === "test" || (node.kind === "literal" && typeof node.value !== "boolean");
}

const aboutInput = (node: Node, text: string): string => (node.kind === "test" ? `? ${text}` : `? = ${text}`);

/** The range between the two, where one is its lower end and the other its upper one. */
function rangeOf(left: Node, right: Node, compiler: Compiler): string | undefined {
  if (left.kind !== "test" || right.kind !== "test") return undefined;
  const [low, high] = left.operator.startsWith(">") ? [left, right] : [right, left];
  if (!low.operator.startsWith(">") || !high.operator.startsWith("<")) return undefined;
  const opening = low.operator === ">=" ? "[" : "(";
  const closing = high.operator === "<=" ? "]" : ")";
  return `${opening}${written(low.operand, compiler)}..${written(high.operand, compiler)}${closing}`;
}

/**
 * Reports a comma inside what is one number: between thousands or before decimals. In a list of tests it can be read, as
 * one more value.
 */
export function reportCommas(tests: readonly Node[], compiler: Compiler): void {
  tests.forEach((test, index) => {
    const before = tests[index - 1];
    if (before === undefined || !isOneNumber(before, test, compiler)) return;
    reportComma({ from: test.from - 1, to: test.from }, compiler);
  });
}

/** Reports `000` behind a digit and a comma: no number of its own is written so. */
export function reportThousands({ from, to }: Span, compiler: Compiler): void {
  if (!isPadded(compiler.text.slice(from, to)) || !/\d,$/.test(compiler.text.slice(0, from))) return;
  reportComma({ from: from - 1, to: from }, compiler);
}

function reportComma(span: Span, compiler: Compiler): void {
  compiler.error("syntax", span, 'unexpected ","', { expected: COMMA_IN_NUMBER });
}

const isPadded = (number: string): boolean => /^0\d/.test(number);

function isOneNumber(before: Node, test: Node, compiler: Compiler): boolean {
  if (test.kind !== "literal" || typeof test.value !== "number" || before.to !== test.from - 1) return false;
  const [front, back] = [written(before, compiler), written(test, compiler)];
  // What is padded is reported by itself, here as everywhere.
  if (!/\d$/.test(front) || isPadded(back)) return false;
  return before.kind === "test" || /^\d{3}\.\d/.test(back) || /^\d{1,3}(?:\.\d{3})+$/.test(front);
}
