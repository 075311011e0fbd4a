import type { Limits } from "../limits.ts";
import { BOOLEAN, NULL, NUMBER, STRING } from "../types.ts";
import type { CompareOperator, ContextEntry, Iterator, NamedArgument, Node, UnaryTestsNode } from "./ast.ts";
import { readAtLiteral, readNumber, readString } from "./literals.ts";
import { normalizeName } from "./names.ts";
import { readParameter, readType } from "./read-type.ts";
import { nameOf, normalizeSpelling, partsOf, type TreeNode, TreeProblem } from "./tree.ts";

export function readExpression(top: TreeNode, text: string, limits: Limits): Node {
  return new TreeReader(text, limits.nesting * 3).only(top);
}

export function readUnaryTests(top: TreeNode, text: string, limits: Limits): UnaryTestsNode {
  const reader = new TreeReader(text, limits.nesting * 3);
  const children = partsOf(top);
  if (children.some(({ name }) => name === "Wildcard")) return { negated: false, tests: "any" };
  const tests = children.find(({ name }) => name === "PositiveUnaryTests");
  if (!tests) throw new TreeProblem("syntax", "a test is missing", top);
  return { negated: top.firstChild?.name === "not", tests: partsOf(tests).map((test) => reader.read(test)) };
}

const MAXIMUM_DEPTH_MESSAGE = "nested too deeply";

class TreeReader {
  readonly text: string;
  readonly maximumDepth: number;
  depth = 0;

  constructor(text: string, maximumDepth: number) {
    this.text = text;
    this.maximumDepth = maximumDepth;
  }

  only(node: TreeNode): Node {
    return this.required(partsOf(node)[0], node);
  }

  required(part: TreeNode | undefined, parent: TreeNode): Node {
    if (!part) throw new TreeProblem("syntax", "an expression is missing", parent);
    return this.read(part);
  }

  read(node: TreeNode): Node {
    this.depth += 1;
    if (this.depth > this.maximumDepth) throw new TreeProblem("too-deep", MAXIMUM_DEPTH_MESSAGE, node);
    const result = this.readNode(node);
    this.depth -= 1;
    return result;
  }

  private readNode(node: TreeNode): Node {
    const { from, to } = node;
    const span = { from, to };
    const parts = partsOf(node);
    const [first, second, third] = parts;
    switch (node.name) {
      case "NumericLiteral":
        return { kind: "literal", value: readNumber(this.source(node)), type: NUMBER, ...span };
      case "StringLiteral":
        return { kind: "literal", value: readString(this.source(node)), type: STRING, ...span };
      case "BooleanLiteral":
        return { kind: "literal", value: this.source(node) === "true", type: BOOLEAN, ...span };
      case "null":
        return { kind: "literal", value: null, type: NULL, ...span };
      case "VariableName":
        return { kind: "name", name: nameOf(node, this.text), ...span };
      case "?":
        return { kind: "input", ...span };
      case "ParenthesizedExpression":
      case "PositiveUnaryTest":
      case "FunctionBody":
      case "IterationContext":
        return this.required(first, node);
      case "ArithmeticExpression":
        return this.arithmetic(node, parts);
      case "Comparison":
        return this.comparison(node, parts);
      case "Conjunction":
        return { kind: "and", left: this.required(first, node), right: this.required(second, node), ...span };
      case "Disjunction":
        return { kind: "or", left: this.required(first, node), right: this.required(second, node), ...span };
      case "InstanceOfExpression": {
        if (!second) throw new TreeProblem("syntax", "a type is missing", node);
        return {
          kind: "instance of",
          value: this.required(first, node),
          type: readType(second, this.text),
          ...span,
        };
      }
      case "IfExpression":
        return {
          kind: "if",
          condition: this.required(first, node),
          // biome-ignore lint/suspicious/noThenProperty: the field's word; a node is never awaited
          then: this.required(second, node),
          otherwise: this.required(third, node),
          ...span,
        };
      case "ForExpression":
        return { kind: "for", iterators: this.iterators(first), body: this.required(second, node), ...span };
      case "QuantifiedExpression": {
        const kind = node.firstChild?.name === "every" ? "every" : "some";
        return { kind, iterators: this.iterators(first), condition: this.required(second, node), ...span };
      }
      case "PathExpression": {
        if (!second) throw new TreeProblem("syntax", "a name is missing after the dot", node);
        const name = nameOf(second, this.text);
        return { kind: "path", target: this.required(first, node), name, nameFrom: second.from, ...span };
      }
      case "FilterExpression":
        return {
          kind: "filter",
          target: this.required(first, node),
          condition: this.required(second, node),
          ...span,
        };
      case "FunctionInvocation":
        return this.call(node, this.required(first, node), second);
      case "DateTimeLiteral":
        return this.dateTime(node, parts);
      case "List":
        return { kind: "list", items: parts.map((part) => this.read(part)), ...span };
      case "Context":
        return { kind: "context", entries: parts.map((part) => this.entry(part)), ...span };
      case "Interval":
        return this.interval(node, parts);
      case "SimplePositiveUnaryTest": {
        if (first?.name === "Interval") return this.interval(first, partsOf(first));
        if (first?.name !== "CompareOp") return this.required(first, node);
        const operator = this.operator(first);
        return { kind: "test", operator, operand: this.required(second, node), ...span };
      }
      case "FunctionDefinition":
        return this.functionDefinition(node, parts);
      default:
        throw new TreeProblem("syntax", `unexpected ${JSON.stringify(this.source(node))}`, node);
    }
  }

  private source(node: TreeNode): string {
    return this.text.slice(node.from, node.to);
  }

  private operator(node: TreeNode): CompareOperator {
    const written = this.source(node);
    switch (written) {
      case "=":
      case "!=":
      case "<":
      case "<=":
      case ">":
      case ">=":
        return written;
      default:
        throw new TreeProblem("syntax", `unknown comparison ${written}`, node);
    }
  }

  private arithmetic(node: TreeNode, parts: readonly TreeNode[]): Node {
    const { from, to } = node;
    const [first, second, third] = parts;
    if (first?.name === "ArithOp")
      return { kind: "negation", operand: this.required(second, node), from, to };
    const operator = second ? this.source(second) : "";
    if (operator !== "+" && operator !== "-" && operator !== "*" && operator !== "/" && operator !== "**") {
      throw new TreeProblem("syntax", `unknown operator ${operator}`, node);
    }
    const left = this.required(first, node);
    return { kind: "arithmetic", operator, left, right: this.required(third, node), from, to };
  }

  private comparison(node: TreeNode, parts: readonly TreeNode[]): Node {
    const { from, to } = node;
    const [first, second, third] = parts;
    const value = this.required(first, node);
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name === "in") {
        const tests =
          second?.name === "PositiveUnaryTests"
            ? partsOf(second).map((test) => this.read(test))
            : [this.required(second, node)];
        return { kind: "in", value, tests, from, to };
      }
      if (child.name === "between") {
        const low = this.required(second, node);
        return { kind: "between", value, low, high: this.required(third, node), from, to };
      }
    }
    if (!second) throw new TreeProblem("syntax", "a comparison is missing", node);
    const operator = this.operator(second);
    return { kind: "compare", operator, left: value, right: this.required(third, node), from, to };
  }

  private iterators(node: TreeNode | undefined): Iterator[] {
    if (!node) return [];
    return partsOf(node).map((part) => {
      const [name, context] = partsOf(part);
      if (!name || !context) throw new TreeProblem("syntax", "an iteration needs `name in list`", part);
      const [source, end] = partsOf(context);
      const iterator = {
        name: nameOf(name, this.text),
        source: this.required(source, part),
        from: part.from,
        to: part.to,
      };
      return end ? { ...iterator, end: this.read(end) } : iterator;
    });
  }

  private call(node: TreeNode, callee: Node, argumentsNode: TreeNode | undefined): Node {
    const { from, to } = node;
    const given = argumentsNode ? partsOf(argumentsNode) : [];
    if (argumentsNode?.name !== "NamedParameters") {
      return { kind: "call", callee, positional: given.map((part) => this.read(part)), from, to };
    }
    const named = given.map((part): NamedArgument => {
      const [name, value] = partsOf(part);
      const label = name ? nameOf(name, this.text) : "";
      return { name: label, value: this.required(value, part), from: part.from, to: part.to };
    });
    return { kind: "call", callee, positional: [], named, from, to };
  }

  private dateTime(node: TreeNode, parts: readonly TreeNode[]): Node {
    const [first, second] = parts;
    if (first?.name === "AtLiteral") {
      const literal = partsOf(first)[0];
      return readAtLiteral(literal ? readString(this.source(literal)) : "", node);
    }
    if (!first) throw new TreeProblem("syntax", "a date is missing", node);
    const callee: Node = {
      kind: "name",
      name: normalizeName(this.source(first)),
      from: first.from,
      to: first.to,
    };
    return this.call(node, callee, second);
  }

  private entry(node: TreeNode): ContextEntry {
    const [key, value] = partsOf(node);
    if (!key) throw new TreeProblem("syntax", "a context entry needs a name", node);
    const source = this.source(key);
    const name = source.startsWith('"') ? readString(source) : normalizeSpelling(source);
    return { name, value: this.required(value, node), from: node.from, to: node.to };
  }

  private interval(node: TreeNode, parts: readonly TreeNode[]): Node {
    const { from, to } = node;
    const low = this.required(parts[0], node);
    const high = this.required(parts[1], node);
    const lowIncluded = node.firstChild?.name === "[";
    const highIncluded = node.lastChild?.name === "]";
    return { kind: "range", low, lowIncluded, high, highIncluded, from, to };
  }

  private functionDefinition(node: TreeNode, parts: readonly TreeNode[]): Node {
    const { from, to } = node;
    const parameters = parts.find(({ name }) => name === "FormalParameters");
    const body = parts.find(({ name }) => name === "FunctionBody");
    let external = false;
    for (let child = node.firstChild; child; child = child.nextSibling)
      external ||= child.name === "external";
    return {
      kind: "function",
      parameters: parameters ? partsOf(parameters).map((part) => readParameter(part, this.text)) : [],
      body: this.required(body, node),
      external,
      from,
      to,
    };
  }
}
