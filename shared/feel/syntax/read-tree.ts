import type { Limits } from "../run/limits.ts";
import { normalizeName, normalizeSpelling } from "../values/names.ts";
import type { ContextEntry, Iterator, NamedArgument, Node, UnaryTestsNode } from "./ast.ts";
import { chainOf, grouped, has, opened } from "./infix.ts";
import { readAtLiteral, readNumber, readString } from "./literals.ts";
import { readParameter, readType } from "./read-type.ts";
import { existing, nameOf, partsOf, type TreeNode, TreeProblem } from "./tree.ts";

/** The expression that the grammar's tree stands for. */
export function readExpression(top: TreeNode, text: string, limits: Limits): Node {
  return new TreeReader(text, limits.nesting * 3).only(top);
}

/** The unary tests that the grammar's tree stands for. */
export function readUnaryTests(top: TreeNode, text: string, limits: Limits): UnaryTestsNode {
  const reader = new TreeReader(text, limits.nesting * 3);
  const children = partsOf(top);
  if (children.some(({ name }) => name === "Wildcard")) return { negated: false, tests: "any" };
  const tests = children.find(({ name }) => name === "PositiveUnaryTests");
  return { negated: has(top, "not"), tests: partsOf(existing(tests, top)).map((test) => reader.read(test)) };
}

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
    return this.read(existing(part, parent));
  }

  read(node: TreeNode): Node {
    return this.nested(node, () => this.readNode(node));
  }

  nested<T>(node: TreeNode, read: () => T): T {
    this.depth += 1;
    if (this.depth > this.maximumDepth) throw new TreeProblem("too-deep", "nested too deeply", node);
    const result = read();
    this.depth -= 1;
    return result;
  }

  private readNode(node: TreeNode): Node {
    const span = { from: node.from, to: node.to };
    const parts = partsOf(node);
    const part = (index: number): Node => this.required(parts[index], node);
    switch (node.name) {
      case "NumericLiteral":
        return { kind: "literal", value: readNumber(this.source(node)), ...span };
      case "StringLiteral":
        return { kind: "literal", value: readString(this.source(node)), ...span };
      case "BooleanLiteral":
        return { kind: "literal", value: this.source(node) === "true", ...span };
      case "null":
        return { kind: "literal", value: null, ...span };
      case "VariableName":
        return { kind: "name", name: nameOf(node, this.text), ...span };
      case "?":
        return { kind: "input", ...span };
      case "ParenthesizedExpression":
      case "PositiveUnaryTest":
      case "FunctionBody":
      case "IterationContext":
        return part(0);
      case "ArithmeticExpression":
        return this.arithmetic(node, parts, part);
      case "Comparison":
      case "Conjunction":
      case "Disjunction":
        return grouped(chainOf(node, this));
      case "IfExpression":
        // biome-ignore lint/suspicious/noThenProperty: the field's word; a node is never awaited
        return { kind: "if", condition: part(0), then: part(1), otherwise: part(2), ...span };
      case "ForExpression":
        return { kind: "for", iterators: this.iterators(parts[0]), body: part(1), ...span };
      case "FilterExpression":
        return { kind: "filter", target: part(0), condition: part(1), ...span };
      case "FunctionInvocation":
        return this.call(node, part(0), parts[1]);
      case "DateTimeLiteral":
        return this.dateTime(node, parts);
      case "List":
        return { kind: "list", items: parts.map((item) => this.read(item)), ...span };
      case "Context":
        return { kind: "context", entries: parts.map((entry) => this.entry(entry)), ...span };
      default:
        return this.readCompound(node, parts, part);
    }
  }

  /** The constructs of which more has to be looked at than their parts. */
  private readCompound(node: TreeNode, parts: readonly TreeNode[], part: (index: number) => Node): Node {
    const span = { from: node.from, to: node.to };
    switch (node.name) {
      case "InstanceOfExpression": {
        const value = part(0);
        return { kind: "instance of", value, type: readType(existing(parts[1], node), this.text), ...span };
      }
      case "QuantifiedExpression": {
        const kind = has(node, "every") ? "every" : "some";
        return { kind, iterators: this.iterators(parts[0]), condition: part(1), ...span };
      }
      case "PathExpression": {
        const property = existing(parts[1], node);
        const name = nameOf(property, this.text);
        return { kind: "path", target: part(0), name, nameFrom: property.from, ...span };
      }
      case "Interval": {
        const lowIncluded = node.firstChild?.name === "[";
        const highIncluded = node.lastChild?.name === "]";
        return { kind: "range", low: part(0), lowIncluded, high: part(1), highIncluded, ...span };
      }
      case "SimplePositiveUnaryTest":
        return existing(parts[0], node).name === "CompareOp" ? this.test(node) : part(0);
      case "FunctionDefinition": {
        const given = parts.length > 1 ? partsOf(existing(parts[0], node)) : [];
        const body = this.read(existing(parts.at(-1), node));
        const parameters = given.map((parameter) => readParameter(parameter, this.text));
        return { kind: "function", parameters, body, external: has(node, "external"), ...span };
      }
      default:
        throw new TreeProblem("syntax", `unexpected ${JSON.stringify(this.source(node))}`, node);
    }
  }

  /** `< 5` standing alone: its operator belongs to the first operand of what follows. */
  private test(node: TreeNode): Node {
    const links = chainOf(node, this);
    return grouped(links.map((link, index) => (index === 0 ? opened(link) : link)));
  }

  private source(node: TreeNode): string {
    return this.text.slice(node.from, node.to);
  }

  private arithmetic(node: TreeNode, parts: readonly TreeNode[], part: (index: number) => Node): Node {
    const { from, to } = node;
    if (parts[0]?.name === "ArithOp") return { kind: "negation", operand: part(1), from, to };
    const operator = this.source(existing(parts[1], node));
    if (operator !== "+" && operator !== "-" && operator !== "*" && operator !== "/" && operator !== "**") {
      throw new TreeProblem("syntax", `unknown operator ${operator}`, node);
    }
    return { kind: "arithmetic", operator, left: part(0), right: part(2), from, to };
  }

  private iterators(node: TreeNode | undefined): Iterator[] {
    return (node ? partsOf(node) : []).map((iterator) => {
      const [name, context] = partsOf(iterator);
      const [source, end] = partsOf(existing(context, iterator));
      const read = {
        name: nameOf(existing(name, iterator), this.text),
        source: this.required(source, iterator),
        from: iterator.from,
        to: iterator.to,
      };
      return end ? { ...read, end: this.read(end) } : read;
    });
  }

  private call(node: TreeNode, callee: Node, argumentsNode: TreeNode | undefined): Node {
    const { from, to } = node;
    const given = argumentsNode ? partsOf(argumentsNode) : [];
    if (argumentsNode?.name !== "NamedParameters") {
      return { kind: "call", callee, positional: given.map((argument) => this.read(argument)), from, to };
    }
    const named = given.map((argument): NamedArgument => {
      const [name, value] = partsOf(argument);
      const label = nameOf(existing(name, argument), this.text);
      return { name: label, value: this.required(value, argument), from: argument.from, to: argument.to };
    });
    return { kind: "call", callee, positional: [], named, from, to };
  }

  private dateTime(node: TreeNode, parts: readonly TreeNode[]): Node {
    const first = existing(parts[0], node);
    if (first.name === "AtLiteral") {
      return readAtLiteral(readString(this.source(existing(partsOf(first)[0], first))), node);
    }
    const { from, to } = first;
    return this.call(node, { kind: "name", name: normalizeName(this.source(first)), from, to }, parts[1]);
  }

  private entry(node: TreeNode): ContextEntry {
    const [key, value] = partsOf(node);
    const source = this.source(existing(key, node));
    const name = source.startsWith('"') ? readString(source) : normalizeSpelling(source);
    return { name, value: this.required(value, node), from: node.from, to: node.to };
  }
}
