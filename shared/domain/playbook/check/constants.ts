import { compile, type SyntaxTree } from "#feel/index.ts";
import { wrongPattern } from "./patterns.ts";
import { nodesIn, type WrongConstant } from "./syntax-nodes.ts";

/** Functions that write literals, and how they are given. */
const EXAMPLES: Readonly<Record<string, string>> = {
  date: '"2000-12-31", or year, month and day',
  time: '"08:30:00"',
  "date and time": '"2000-12-31T08:30:00"',
  duration: '"P30D", "PT4H" or "P1Y6M"',
  number: '"1.5"; number("1,5", ".", ",") for a decimal comma',
};

/** `date("31.12.2000")`, `matches(x, "[")`: FEEL makes these null, as the standard says, but no author means null. */
export const wrongConstants = (text: string, tree: SyntaxTree): readonly WrongConstant[] =>
  nodesIn(tree).flatMap((node) => wrongLiteral(text, node) ?? wrongPattern(text, node) ?? []);

const wrongLiteral = (text: string, node: SyntaxTree): WrongConstant | undefined => {
  if (node.kind !== "call" || node.callee.kind !== "name") return undefined;
  const { name } = node.callee;
  const given = node.named?.map(({ value }) => value) ?? node.positional;
  const expected = Object.hasOwn(EXAMPLES, name) ? EXAMPLES[name] : undefined;
  if (expected === undefined || given.length === 0 || !given.every(isConstant)) return undefined;
  const call = text.slice(node.from, node.to);
  if (compile(call, {}).evaluate({}) !== null) return undefined;
  return { from: node.from, code: "invalid-literal", message: `${call} is always null`, expected };
};

/** A text or a number, signed or not. Who writes null means null. */
const isConstant = (node: SyntaxTree): boolean =>
  (node.kind === "literal" && node.value !== null) || (node.kind === "negation" && isConstant(node.operand));
