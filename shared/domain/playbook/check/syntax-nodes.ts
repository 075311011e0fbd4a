import type { SyntaxTree } from "#feel/index.ts";

/** The node and all that it is made of, types aside. */
export const nodesIn = (node: SyntaxTree): readonly SyntaxTree[] => [
  node,
  ...Object.values(node).flatMap(below),
];

const below = (part: unknown): readonly SyntaxTree[] => {
  if (typeof part !== "object" || part === null) return [];
  if (isNode(part)) return nodesIn(part);
  return Object.entries(part).flatMap(([member, inner]) => (member === "type" ? [] : below(inner)));
};

const isNode = (part: object): part is SyntaxTree => "kind" in part && "from" in part;

/** A constant that can be no value, and so is null whenever it is asked. `from`: its offset in the text. */
export type WrongConstant = {
  readonly from: number;
  readonly code: string;
  readonly message: string;
  readonly expected: string;
};
