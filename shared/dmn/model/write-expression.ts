import type { WritableElement } from "../xml/write.ts";
import type { ElementWriter } from "./element-writer.ts";
import type {
  Binding,
  BoxedExpression,
  ContextEntry,
  DecisionTable,
  Expression,
  ExpressionPart,
  FunctionDefinition,
  InputClause,
  OutputClause,
  TableRule,
} from "./types.ts";
import { writeFeelText, writeInformationItem } from "./write-item.ts";

/** Expressions that came with DMN 1.4. */
const SINCE_1_4: ReadonlySet<Expression["kind"]> = new Set(["conditional", "filter", "for", "some", "every"]);

type Parts = readonly (WritableElement | undefined)[];

export function writeExpression(writer: ElementWriter, expression: Expression): WritableElement {
  if (writer.version === "1.3" && SINCE_1_4.has(expression.kind)) {
    throw new RangeError(`DMN 1.3 has no boxed "${expression.kind}"`);
  }
  const { typeRef } = expression;
  switch (expression.kind) {
    case "literal":
      return writeFeelText(writer, "literalExpression", expression, { typeRef });
    case "function":
      return writeFunctionDefinition(writer, "functionDefinition", expression);
    case "table":
      return writeDecisionTable(writer, expression);
    default: {
      const iteratorVariable = "iteratorVariable" in expression ? expression.iteratorVariable : undefined;
      const attributes = { typeRef, iteratorVariable };
      return writer.element(expression.kind, expression, attributes, partsOf(writer, expression));
    }
  }
}

function partsOf(writer: ElementWriter, expression: BoxedExpression): Parts {
  switch (expression.kind) {
    case "context":
      return expression.entries.map((entry) => writeContextEntry(writer, entry));
    case "list":
      return writeAll(writer, expression.items);
    case "relation":
      return [
        ...expression.columns.map((column) => writeInformationItem(writer, "column", column)),
        ...expression.rows.map((row) => writer.element("row", row, {}, writeAll(writer, row.cells))),
      ];
    case "invocation":
      return [
        writeOptional(writer, expression.called),
        ...expression.bindings.map((binding) => writeBinding(writer, binding)),
      ];
    case "conditional":
      return [
        writePart(writer, "if", expression.if),
        writePart(writer, "then", expression.then),
        writePart(writer, "else", expression.else),
      ];
    case "filter":
      return [writePart(writer, "in", expression.in), writePart(writer, "match", expression.match)];
    default:
      return [
        writePart(writer, "in", expression.in),
        writePart(writer, expression.kind === "for" ? "return" : "satisfies", expression.body),
      ];
  }
}

/** As `<functionDefinition>`, or as the `<encapsulatedLogic>` of a BKM. */
export function writeFunctionDefinition(
  writer: ElementWriter,
  local: string,
  definition: FunctionDefinition,
): WritableElement {
  const kind = definition.functionKind === "FEEL" ? undefined : definition.functionKind;
  return writer.element(local, definition, { kind, typeRef: definition.typeRef }, [
    ...definition.parameters.map((parameter) => writeInformationItem(writer, "formalParameter", parameter)),
    writeOptional(writer, definition.body),
  ]);
}

function writeAll(writer: ElementWriter, expressions: readonly Expression[]): WritableElement[] {
  return expressions.map((expression) => writeExpression(writer, expression));
}

export function writeOptional(
  writer: ElementWriter,
  expression: Expression | undefined,
): WritableElement | undefined {
  return expression && writeExpression(writer, expression);
}

function writePart(
  writer: ElementWriter,
  local: string,
  part: ExpressionPart | undefined,
): WritableElement | undefined {
  const { typeRef, value } = part ?? {};
  return part && writer.element(local, part, { typeRef }, [writeOptional(writer, value)]);
}

function writeContextEntry(writer: ElementWriter, entry: ContextEntry): WritableElement {
  const { variable, value } = entry;
  return writer.element("contextEntry", entry, {}, [
    variable && writeInformationItem(writer, "variable", variable),
    writeOptional(writer, value),
  ]);
}

function writeBinding(writer: ElementWriter, binding: Binding): WritableElement {
  const parameter = writeInformationItem(writer, "parameter", binding.parameter);
  return writer.element("binding", binding, {}, [parameter, writeOptional(writer, binding.value)]);
}

function writeDecisionTable(writer: ElementWriter, table: DecisionTable): WritableElement {
  const { typeRef, hitPolicy, aggregation, preferredOrientation, outputLabel } = table;
  const attributes = { typeRef, hitPolicy, aggregation, preferredOrientation, outputLabel };
  return writer.element("decisionTable", table, attributes, [
    ...table.inputs.map((input) => writeInput(writer, input)),
    ...table.outputs.map((output) => writeOutput(writer, output)),
    ...table.annotationNames.map((name) => writer.element("annotation", {}, { name })),
    ...table.rules.map((rule) => writeRule(writer, rule)),
  ]);
}

function writeInput(writer: ElementWriter, input: InputClause): WritableElement {
  const { expression, values } = input;
  const { typeRef } = expression;
  return writer.element("input", input, {}, [
    writeFeelText(writer, "inputExpression", expression, { typeRef }),
    values && writeFeelText(writer, "inputValues", values),
  ]);
}

function writeOutput(writer: ElementWriter, output: OutputClause): WritableElement {
  const { name, typeRef, values, defaultEntry } = output;
  return writer.element("output", output, { name, typeRef }, [
    values && writeFeelText(writer, "outputValues", values),
    defaultEntry && writeFeelText(writer, "defaultOutputEntry", defaultEntry),
  ]);
}

function writeRule(writer: ElementWriter, rule: TableRule): WritableElement {
  return writer.element("rule", rule, {}, [
    ...rule.inputEntries.map((entry) => writeFeelText(writer, "inputEntry", entry)),
    ...rule.outputEntries.map((entry) => writeFeelText(writer, "outputEntry", entry)),
    ...rule.annotations.map((text) =>
      writer.element("annotationEntry", {}, {}, [writer.textElement("text", text)]),
    ),
  ]);
}
