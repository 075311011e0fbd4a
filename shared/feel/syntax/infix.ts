import type { CompareOperator, Node, Span } from "./ast.ts";
import { existing, partsOf, type TreeNode, TreeProblem } from "./tree.ts";

type Precedence = "compare" | "and" | "or";
type Join = (left: Node, right: Node, span: Span) => Node;

/** An operand, and how the operator before it joins it with what stands to the left. */
export interface Link extends Span {
  readonly precedence: Precedence;
  readonly operand: Node;
  readonly join: Join;
}

/** What reads the operands. `nested` bounds the depth. */
interface Reader {
  readonly text: string;
  read(node: TreeNode): Node;
  nested<T>(node: TreeNode, read: () => T): T;
}

/** The chain from left to right; its first link gets the operator that stands before it. */
export function chainOf(
  node: TreeNode,
  reader: Reader,
  precedence: Precedence = "or",
  join: Join = (_, right) => right,
): Link[] {
  const [first, second] = partsOf(node);
  const links = (operand: TreeNode | undefined, level = precedence, joined = join) =>
    reader.nested(node, () => chainOf(existing(operand, node), reader, level, joined));
  switch (node.name) {
    case "Conjunction":
    case "Disjunction": {
      const kind = node.name === "Conjunction" ? "and" : "or";
      const last = links(second, kind, (left, right, span) => ({ kind, left, right, ...span }));
      return [...links(first), ...last];
    }
    case "Comparison":
      return [...links(first), ...comparison(node, reader, links)];
    case "PositiveUnaryTest":
      return links(first);
    case "SimplePositiveUnaryTest": {
      if (first?.name !== "CompareOp") break;
      const operator = operatorOf(first, reader.text);
      return links(second, precedence, (left, operand, span) =>
        join(left, { kind: "test", operator, operand, from: node.from, to: span.to }, span),
      );
    }
  }
  return [{ precedence, join, operand: reader.read(node), from: node.from, to: node.to }];
}

/** What follows the value that is compared. */
function comparison(
  node: TreeNode,
  reader: Reader,
  links: (operand: TreeNode | undefined, level: Precedence, join: Join) => Link[],
): Link[] {
  const [, compared, third] = partsOf(node);
  const second = existing(compared, node);
  if (has(node, "between")) {
    const low = reader.read(second);
    return links(third, "compare", (value, high, span) => ({ kind: "between", value, low, high, ...span }));
  }
  if (!has(node, "in")) {
    const operator = operatorOf(second, reader.text);
    return links(third, "compare", (left, right, span) => ({
      kind: "compare",
      operator,
      left,
      right,
      ...span,
    }));
  }
  if (second.name !== "PositiveUnaryTests") {
    return links(second, "compare", (value, test, span) => ({ kind: "in", value, tests: [test], ...span }));
  }
  const { from, to } = node;
  const items = partsOf(second).map((test) => reader.read(test));
  const join: Join = (value, _, span) => ({ kind: "in", value, tests: items, ...span });
  return [{ precedence: "compare", join, operand: { kind: "list", items, from, to }, from, to }];
}

const OPERATORS: readonly CompareOperator[] = ["=", "!=", "<", "<=", ">", ">="];

function operatorOf(node: TreeNode, text: string): CompareOperator {
  const written = text.slice(node.from, node.to);
  const operator = OPERATORS.find((each) => each === written);
  if (operator === undefined) throw new TreeProblem("syntax", `unknown comparison ${written}`, node);
  return operator;
}

/** Whether the grammar put that keyword into the node. */
export function has(node: TreeNode, keyword: string): boolean {
  for (let child = node.firstChild; child; child = child.nextSibling) if (child.name === keyword) return true;
  return false;
}

/** The first link of a chain that begins with an operator, joined by it to nothing. */
export function opened(link: Link): Link {
  return { ...link, operand: link.join(link.operand, link.operand, link) };
}

const TIGHTEST_FIRST: readonly Precedence[] = ["compare", "and", "or"];

/**
 * Groups a chain of operators from left to right, the tightest first (DMN 1.5, 10.3.1.2: the order of the rules is that
 * of precedence). The grammar's own grouping does not count: behind `in` it takes all that follows for the test, also
 * the `and y` of `x in [1..5] and y`.
 */
export function grouped(chain: readonly Link[]): Node {
  let links = chain;
  for (const precedence of TIGHTEST_FIRST) {
    const joined: Link[] = [];
    for (const link of links) {
      const left = joined.at(-1);
      if (left === undefined || link.precedence !== precedence) {
        joined.push(link);
        continue;
      }
      const { from } = left;
      const { to } = link;
      joined[joined.length - 1] = {
        ...left,
        operand: link.join(left.operand, link.operand, { from, to }),
        to,
      };
    }
    links = joined;
  }
  const [only] = links;
  if (only === undefined) throw new RangeError("a chain has an operand at least");
  return only.operand;
}
