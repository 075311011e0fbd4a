import { compile, type SyntaxTree } from "#feel/index.ts";
import type { WrongConstant } from "./syntax-nodes.ts";

/** Functions whose second parameter is a regular expression: what it is called, and where flags stand (DMN 1.5, table 77). */
const FUNCTIONS: Readonly<Record<string, { readonly pattern: string; readonly flags?: number }>> = {
  matches: { pattern: "pattern", flags: 2 },
  replace: { pattern: "pattern", flags: 3 },
  split: { pattern: "delimiter" },
};

/** Of a call, the regular expression that is none: whatever is asked of it is null. */
export const wrongPattern = (text: string, node: SyntaxTree): WrongConstant | undefined => {
  if (node.kind !== "call" || node.callee.kind !== "name") return undefined;
  const { name } = node.callee;
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (known === undefined) return undefined;
  const argument = (parameter: string, position: number | undefined): SyntaxTree | undefined =>
    node.named
      ? node.named.find((one) => one.name === parameter)?.value
      : node.positional[position ?? node.positional.length];
  const pattern = argument(known.pattern, 1);
  const flags = argument("flags", known.flags);
  if (!isText(pattern) || !(flags === undefined || isText(flags))) return undefined;
  const given = [pattern, ...(flags ? [flags] : [])].map(({ from, to }) => text.slice(from, to));
  if (compile(`matches("", ${given.join(", ")})`, {}).evaluate({}) !== null) return undefined;
  return {
    from: pattern.from,
    code: "pattern",
    message: `${given.join(", ")} is no pattern, so ${name} is always null`,
    expected: flags
      ? "a regular expression, and flags of s, m, i, x or q"
      : 'a regular expression, such as "^A.*"; "\\\\[" for the character [ itself',
  };
};

const isText = (node: SyntaxTree | undefined): node is SyntaxTree =>
  node?.kind === "literal" && typeof node.value === "string";
