import { compile, type SyntaxTree } from "../../../feel/index.ts";
import type { Report } from "../sources.ts";
import type { Rule } from "./rules.ts";
import { nodesIn } from "./syntax-nodes.ts";

/** Functions whose second parameter is a regular expression: what it is called, and where flags stand (DMN 1.5, table 77). */
const FUNCTIONS: Readonly<Record<string, { readonly pattern: string; readonly flags?: number }>> = {
  matches: { pattern: "pattern", flags: 2 },
  replace: { pattern: "pattern", flags: 3 },
  split: { pattern: "delimiter" },
};

/** Regular expressions that are none: whatever is asked of them is null. */
export const checkPatterns = ({ text, file, path }: Rule, tree: SyntaxTree, report: Report): void => {
  const written = ({ from, to }: SyntaxTree): string => text.slice(from, to);
  for (const node of nodesIn(tree)) {
    if (node.kind !== "call" || node.callee.kind !== "name") continue;
    const name = node.callee.name;
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (known === undefined) continue;
    const argument = (parameter: string, position: number | undefined): SyntaxTree | undefined =>
      node.named
        ? node.named.find((one) => one.name === parameter)?.value
        : node.positional[position ?? node.positional.length];
    const pattern = argument(known.pattern, 1);
    const flags = argument("flags", known.flags);
    if (!isText(pattern) || !(flags === undefined || isText(flags))) continue;
    const given = [pattern, ...(flags ? [flags] : [])].map(written).join(", ");
    if (compile(`matches("", ${given})`, {}).evaluate({}) !== null) continue;
    const message = `${given} is no pattern, so ${name} is always null`;
    const expected = flags
      ? "a regular expression, and flags of s, m, i, x or q"
      : 'a regular expression, such as "^A.*"; "\\\\[" for the character [ itself';
    report("error", file.at(path, pattern.from), "pattern", message, expected);
  }
};

const isText = (node: SyntaxTree | undefined): node is SyntaxTree =>
  node?.kind === "literal" && typeof node.value === "string";
