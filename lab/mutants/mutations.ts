import { parseAst } from "rolldown/parseAst";

/** One small change to a file that its tests should notice. Offsets into the file's text, `to` exclusive. */
export interface Mutation {
  readonly from: number;
  readonly to: number;
  readonly replacement: string;
}

const OPERATORS: Readonly<Record<string, string>> = {
  "===": "!==",
  "!==": "===",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "&&": "||",
  "||": "&&",
};

interface AstNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [member: string]: unknown;
}

/**
 * All mutations of a TypeScript file: comparisons and their bounds, arithmetic, `and` and `or`, negations, conditions,
 * truth values and numbers. Types are left alone. The parser is the one that vitest brings: TypeScript 7 offers none.
 *
 * Two kinds are left out because of their form. A condition that is one `===`, `!==` or `!` is not negated as a whole: to
 * turn its operator is the same change. The 1 and -1 of a function of two values that is nothing but `a < b ? -1 : 1`, alone
 * or after an `||`, stay: who sorts looks at the sign alone. Its comparisons and its 0 are changed like any other.
 */
export function mutationsOf(text: string): readonly Mutation[] {
  const found: Mutation[] = [];
  const signs = new Set<number>();
  walk(parseAst(text, { lang: "ts" }), (node) => {
    for (const sign of signsOf(node)) signs.add(sign);
    if (!signs.has(node.start)) found.push(...mutationsAt(node, text));
  });
  return found;
}

/** The text with the mutation made. */
export function mutated(text: string, { from, to, replacement }: Mutation): string {
  return text.slice(0, from) + replacement + text.slice(to);
}

function walk(part: unknown, visit: (node: AstNode) => void): void {
  if (Array.isArray(part)) {
    for (const each of part) walk(each, visit);
    return;
  }
  if (!isNode(part) || isTypeOnly(part)) return;
  visit(part);
  for (const inner of Object.values(part)) walk(inner, visit);
}

const isNode = (part: unknown): part is AstNode =>
  typeof part === "object" && part !== null && "type" in part && "start" in part;

/** `x as T` and its like hold a value beside the type. */
const WITH_VALUE: readonly string[] = ["TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression"];

const isTypeOnly = ({ type }: AstNode): boolean => type.startsWith("TS") && !WITH_VALUE.includes(type);

/** Where the 1s of a function begin that only says which of two values comes first; none for any other node. */
function signsOf({ type, params, body }: AstNode): readonly number[] {
  if (type !== "ArrowFunctionExpression" || !Array.isArray(params) || params.length !== 2) return [];
  const arms = isNode(body) ? armsOf(body) : null;
  return arms?.some(isMinus) === true ? arms.map((arm) => (isMinus(arm) ? arm.end - 1 : arm.start)) : [];
}

const isMinus = ({ type, operator }: AstNode): boolean => type === "UnaryExpression" && operator === "-";

/** The 1 and -1 in the arms of conditions that compare; null: something else is in them. */
function armsOf(node: AstNode): readonly AstNode[] | null {
  const { type, test, consequent, alternate, argument, expression, value, operator, left, right } = node;
  if (type === "ParenthesizedExpression" && isNode(expression)) return armsOf(expression);
  if (type === "LogicalExpression" && operator === "||")
    return [left, right].flatMap((side) => (isNode(side) ? (armsOf(side) ?? []) : []));
  if (type === "Literal") return value === 1 ? [node] : value === 0 ? [] : null;
  if (isMinus(node)) return isNode(argument) && argument.value === 1 ? [node] : null;
  if (type !== "ConditionalExpression" || !isNode(test) || !isNode(consequent) || !isNode(alternate))
    return null;
  if (test.type !== "BinaryExpression") return null;
  const [first, second] = [armsOf(consequent), armsOf(alternate)];
  return first === null || second === null ? null : [...first, ...second];
}

/** Whether to turn its operator says the opposite already. */
const isOneOperator = ({ type, operator }: AstNode): boolean =>
  (type === "BinaryExpression" && (operator === "===" || operator === "!==")) ||
  (type === "UnaryExpression" && operator === "!");

function mutationsAt(node: AstNode, text: string): readonly Mutation[] {
  const { left, right, test, start, end } = node;
  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression": {
      const operator = String(node.operator);
      const replacement = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
      if (replacement === undefined || !isNode(left) || !isNode(right)) return [];
      const from = text.indexOf(operator, left.end);
      return from >= right.start ? [] : [{ from, to: from + operator.length, replacement }];
    }
    case "UnaryExpression":
      return node.operator === "!" ? [{ from: start, to: start + 1, replacement: "" }] : [];
    case "IfStatement":
    case "ConditionalExpression":
      if (!isNode(test) || isOneOperator(test)) return [];
      return [{ from: test.start, to: test.end, replacement: `!(${text.slice(test.start, test.end)})` }];
    case "Literal":
      if (typeof node.value === "boolean") return [{ from: start, to: end, replacement: `${!node.value}` }];
      return typeof node.value === "number"
        ? [{ from: start, to: end, replacement: `${node.value + 1}` }]
        : [];
    default:
      return [];
  }
}
