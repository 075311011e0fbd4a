import { optional } from "../source/optional.ts";
import type { ElementReader } from "./element-reader.ts";
import { readFeelText, readInformationItem, readTypeRef } from "./read-item.ts";
import { readDecisionTable } from "./read-table.ts";
import type {
  Binding,
  BoxedExpression,
  ContextEntry,
  Expression,
  ExpressionPart,
  FunctionDefinition,
  FunctionKind,
  IteratorExpression,
} from "./types.ts";

const EXPRESSIONS = [
  "literalExpression",
  "context",
  "list",
  "relation",
  "invocation",
  "functionDefinition",
  "conditional",
  "filter",
  "for",
  "some",
  "every",
  "decisionTable",
] as const;

/** The one expression inside an element, if there is one. */
export function readLogic(parent: ElementReader): Expression | undefined {
  const child = parent.child(...EXPRESSIONS);
  return child === undefined ? undefined : readExpression(child);
}

function readExpression(reader: ElementReader): Expression {
  switch (reader.xml.local) {
    case "literalExpression":
      return { kind: "literal", ...readTypeRef(reader), ...readFeelText(reader) };
    case "functionDefinition":
      return readFunctionDefinition(reader);
    case "decisionTable":
      return readDecisionTable(reader);
    default: {
      const typed = { ...readBoxed(reader), ...readTypeRef(reader) };
      return { ...typed, ...reader.base() };
    }
  }
}

function readBoxed(reader: ElementReader): BoxedExpression {
  switch (reader.xml.local) {
    case "context":
      return { kind: "context", entries: reader.children("contextEntry").map(readContextEntry) };
    case "list":
      return { kind: "list", items: reader.children(...EXPRESSIONS).map(readExpression) };
    case "relation":
      return {
        kind: "relation",
        columns: reader.children("column").map((column) => readInformationItem(column)),
        rows: reader.children("row").map((row) => ({
          cells: row.children(...EXPRESSIONS).map(readExpression),
          ...row.base(),
        })),
      };
    case "invocation":
      return {
        kind: "invocation",
        ...optional("called", readLogic(reader)),
        bindings: reader.children("binding").map(readBinding),
      };
    case "conditional":
      return { kind: "conditional", ...readParts(reader, "if", "then", "else") };
    case "filter":
      return { kind: "filter", ...readParts(reader, "in", "match") };
    case "for":
      return { kind: "for", ...readIterator(reader, "return") };
    case "some":
      return { kind: "some", ...readIterator(reader, "satisfies") };
    default:
      return { kind: "every", ...readIterator(reader, "satisfies") };
  }
}

/** `<functionDefinition>` and the `<encapsulatedLogic>` of a BKM. */
export function readFunctionDefinition(reader: ElementReader): FunctionDefinition {
  return {
    kind: "function",
    ...readTypeRef(reader),
    functionKind: readFunctionKind(reader),
    parameters: reader.children("formalParameter").map((parameter) => readInformationItem(parameter)),
    ...optional("body", readLogic(reader)),
    ...reader.base(),
  };
}

function readFunctionKind(reader: ElementReader): FunctionKind {
  const kind = reader.attribute("kind") ?? "FEEL";
  if (kind === "FEEL" || kind === "Java" || kind === "PMML") return kind;
  throw reader.error(`expected kind "FEEL", "Java" or "PMML", found "${kind}"`);
}

function readContextEntry(reader: ElementReader): ContextEntry {
  const variable = reader.child("variable");
  return {
    ...optional("variable", variable && readInformationItem(variable)),
    ...optional("value", readLogic(reader)),
    ...reader.base(),
  };
}

function readBinding(reader: ElementReader): Binding {
  const parameter = reader.child("parameter");
  if (parameter === undefined) throw reader.error("<binding> needs a <parameter>");
  return {
    parameter: readInformationItem(parameter),
    ...optional("value", readLogic(reader)),
    ...reader.base(),
  };
}

/** Expressions wrapped in elements that say which part each is, such as `<then>`. */
function readParts<K extends string>(
  reader: ElementReader,
  ...names: readonly K[]
): { readonly [P in K]?: ExpressionPart } {
  const parts: { [P in K]?: ExpressionPart } = {};
  for (const name of names) {
    const part = reader.child(name);
    if (part === undefined) continue;
    parts[name] = { ...readTypeRef(part), ...optional("value", readLogic(part)), ...part.base() };
  }
  return parts;
}

function readIterator(
  reader: ElementReader,
  bodyName: "return" | "satisfies",
): Pick<IteratorExpression, "iteratorVariable" | "in" | "body"> {
  const parts = readParts(reader, "in", bodyName);
  return {
    iteratorVariable: reader.required("iteratorVariable"),
    ...optional("in", parts.in),
    ...optional("body", parts[bodyName]),
  };
}
