import { compile, type SyntaxTree } from "../../../feel/index.ts";
import type { Report } from "../sources.ts";
import type { Rule } from "./rules.ts";
import { nodesIn } from "./syntax-nodes.ts";

/** Functions that write literals, and how they are given. */
const EXAMPLES: Readonly<Record<string, string>> = {
  date: '"2000-12-31", or year, month and day',
  time: '"08:30:00"',
  "date and time": '"2000-12-31T08:30:00"',
  duration: '"P30D", "PT4H" or "P1Y6M"',
  number: '"1.5"; number("1,5", ".", ",") for a decimal comma',
};

/** `date("31.12.2000")`: constants that can be no value, and so are null whenever they are asked. */
export const checkLiterals = ({ text, file, path }: Rule, tree: SyntaxTree, report: Report): void => {
  for (const node of nodesIn(tree)) {
    if (node.kind !== "call" || node.callee.kind !== "name") continue;
    const { name } = node.callee;
    const given = node.named?.map(({ value }) => value) ?? node.positional;
    if (!Object.hasOwn(EXAMPLES, name) || given.length === 0 || !given.every(isConstant)) continue;
    const call = text.slice(node.from, node.to);
    if (compile(call, {}).evaluate({}) !== null) continue;
    report("error", file.at(path, node.from), "invalid-literal", `${call} is always null`, EXAMPLES[name]);
  }
};

/** A text or a number, signed or not. Who writes null means null. */
const isConstant = (node: SyntaxTree): boolean =>
  (node.kind === "literal" && node.value !== null) || (node.kind === "negation" && isConstant(node.operand));
