import { optional } from "../optional.ts";
import type { ElementReader } from "./element-reader.ts";
import { readFeelText, readInformationItem, readTypeRef } from "./read-item.ts";
import { readDecisionTable } from "./read-table.ts";
import type {
  Binding,
  ContextEntry,
  Expression,
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
  const typed = readTypeRef(reader);
  switch (reader.xml.local) {
    case "context":
      return {
        kind: "context",
        ...typed,
        entries: reader.children("contextEntry").map(readContextEntry),
        ...reader.base(),
      };
    case "list":
      return {
        kind: "list",
        ...typed,
        items: reader.children(...EXPRESSIONS).map(readExpression),
        ...reader.base(),
      };
    case "relation":
      return {
        kind: "relation",
        ...typed,
        columns: reader.children("column").map((column) => readInformationItem(column)),
        rows: reader.children("row").map((row) => ({
          cells: row.children(...EXPRESSIONS).map(readExpression),
          ...row.base(),
        })),
        ...reader.base(),
      };
    case "invocation":
      return {
        kind: "invocation",
        ...typed,
        ...optional("called", readLogic(reader)),
        bindings: reader.children("binding").map(readBinding),
        ...reader.base(),
      };
    case "functionDefinition":
      return readFunctionDefinition(reader);
    case "conditional":
      return {
        kind: "conditional",
        ...typed,
        ...optional("if", readPart(reader, "if")),
        ...optional("then", readPart(reader, "then")),
        ...optional("else", readPart(reader, "else")),
        ...reader.base(),
      };
    case "filter":
      return {
        kind: "filter",
        ...typed,
        ...optional("in", readPart(reader, "in")),
        ...optional("match", readPart(reader, "match")),
        ...reader.base(),
      };
    case "for":
      return readIterator(reader, "for", "return");
    case "some":
      return readIterator(reader, "some", "satisfies");
    case "every":
      return readIterator(reader, "every", "satisfies");
    case "decisionTable":
      return readDecisionTable(reader);
    default:
      return { kind: "literal", ...typed, ...readFeelText(reader) };
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

/** An expression wrapped in an element that says which part it is, such as `<then>`. */
function readPart(reader: ElementReader, local: string): Expression | undefined {
  const part = reader.child(local);
  return part === undefined ? undefined : readLogic(part);
}

function readIterator(
  reader: ElementReader,
  kind: IteratorExpression["kind"],
  bodyName: "return" | "satisfies",
): IteratorExpression {
  return {
    kind,
    ...readTypeRef(reader),
    iteratorVariable: reader.required("iteratorVariable"),
    ...optional("in", readPart(reader, "in")),
    ...optional("body", readPart(reader, bodyName)),
    ...reader.base(),
  };
}
