import type { WritableElement } from "../xml/write.ts";
import { modelElement, textElement, type WriteContext } from "./element-writer.ts";
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

export function writeExpression(context: WriteContext, expression: Expression): WritableElement {
  if (context.version === "1.3" && SINCE_1_4.has(expression.kind)) {
    throw new RangeError(`DMN 1.3 has no boxed "${expression.kind}"`);
  }
  const { typeRef } = expression;
  switch (expression.kind) {
    case "literal":
      return writeFeelText(context, "literalExpression", expression, { typeRef });
    case "function":
      return writeFunctionDefinition(context, "functionDefinition", expression);
    case "table":
      return writeDecisionTable(context, expression);
    default: {
      const iteratorVariable = "iteratorVariable" in expression ? expression.iteratorVariable : undefined;
      const attributes = { typeRef, iteratorVariable };
      return modelElement(context, expression.kind, expression, attributes, partsOf(context, expression));
    }
  }
}

function partsOf(context: WriteContext, expression: BoxedExpression): Parts {
  switch (expression.kind) {
    case "context":
      return expression.entries.map((entry) => writeContextEntry(context, entry));
    case "list":
      return writeAll(context, expression.items);
    case "relation":
      return [
        ...expression.columns.map((column) => writeInformationItem(context, "column", column)),
        ...expression.rows.map((row) => modelElement(context, "row", row, {}, writeAll(context, row.cells))),
      ];
    case "invocation":
      return [
        writeOptional(context, expression.called),
        ...expression.bindings.map((binding) => writeBinding(context, binding)),
      ];
    case "conditional":
      return [
        writePart(context, "if", expression.if),
        writePart(context, "then", expression.then),
        writePart(context, "else", expression.else),
      ];
    case "filter":
      return [writePart(context, "in", expression.in), writePart(context, "match", expression.match)];
    default:
      return [
        writePart(context, "in", expression.in),
        writePart(context, expression.kind === "for" ? "return" : "satisfies", expression.body),
      ];
  }
}

/** As `<functionDefinition>`, or as the `<encapsulatedLogic>` of a BKM. */
export function writeFunctionDefinition(
  context: WriteContext,
  local: string,
  definition: FunctionDefinition,
): WritableElement {
  const kind = definition.functionKind === "FEEL" ? undefined : definition.functionKind;
  return modelElement(context, local, definition, { kind, typeRef: definition.typeRef }, [
    ...definition.parameters.map((parameter) => writeInformationItem(context, "formalParameter", parameter)),
    writeOptional(context, definition.body),
  ]);
}

function writeAll(context: WriteContext, expressions: readonly Expression[]): WritableElement[] {
  return expressions.map((expression) => writeExpression(context, expression));
}

export function writeOptional(
  context: WriteContext,
  expression: Expression | undefined,
): WritableElement | undefined {
  return expression && writeExpression(context, expression);
}

function writePart(
  context: WriteContext,
  local: string,
  part: ExpressionPart | undefined,
): WritableElement | undefined {
  const { typeRef, value } = part ?? {};
  return part && modelElement(context, local, part, { typeRef }, [writeOptional(context, value)]);
}

function writeContextEntry(context: WriteContext, entry: ContextEntry): WritableElement {
  const { variable, value } = entry;
  return modelElement(context, "contextEntry", entry, {}, [
    variable && writeInformationItem(context, "variable", variable),
    writeOptional(context, value),
  ]);
}

function writeBinding(context: WriteContext, binding: Binding): WritableElement {
  const parameter = writeInformationItem(context, "parameter", binding.parameter);
  return modelElement(context, "binding", binding, {}, [parameter, writeOptional(context, binding.value)]);
}

function writeDecisionTable(context: WriteContext, table: DecisionTable): WritableElement {
  const { typeRef, hitPolicy, aggregation, preferredOrientation, outputLabel } = table;
  const attributes = { typeRef, hitPolicy, aggregation, preferredOrientation, outputLabel };
  return modelElement(context, "decisionTable", table, attributes, [
    ...table.inputs.map((input) => writeInput(context, input)),
    ...table.outputs.map((output) => writeOutput(context, output)),
    ...table.annotationNames.map((name) => modelElement(context, "annotation", {}, { name })),
    ...table.rules.map((rule) => writeRule(context, rule)),
  ]);
}

function writeInput(context: WriteContext, input: InputClause): WritableElement {
  const { expression, values } = input;
  const { typeRef } = expression;
  return modelElement(context, "input", input, {}, [
    writeFeelText(context, "inputExpression", expression, { typeRef }),
    values && writeFeelText(context, "inputValues", values),
  ]);
}

function writeOutput(context: WriteContext, output: OutputClause): WritableElement {
  const { name, typeRef, values, defaultEntry } = output;
  return modelElement(context, "output", output, { name, typeRef }, [
    values && writeFeelText(context, "outputValues", values),
    defaultEntry && writeFeelText(context, "defaultOutputEntry", defaultEntry),
  ]);
}

function writeRule(context: WriteContext, rule: TableRule): WritableElement {
  return modelElement(context, "rule", rule, {}, [
    ...rule.inputEntries.map((entry) => writeFeelText(context, "inputEntry", entry)),
    ...rule.outputEntries.map((entry) => writeFeelText(context, "outputEntry", entry)),
    ...rule.annotations.map((text) =>
      modelElement(context, "annotationEntry", {}, {}, [textElement(context, "text", text)]),
    ),
  ]);
}
