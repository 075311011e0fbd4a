import type { WritableElement } from "../xml/write.ts";
import { modelElement, textElement, type WriteContext } from "./element-writer.ts";
import type {
  Binding,
  ContextEntry,
  DecisionTable,
  Expression,
  FunctionDefinition,
  InputClause,
  OutputClause,
  TableRule,
} from "./types.ts";
import { writeFeelText, writeInformationItem } from "./write-item.ts";

/** Expressions that came with DMN 1.4. */
const SINCE_1_4: ReadonlySet<Expression["kind"]> = new Set(["conditional", "filter", "for", "some", "every"]);

export function writeExpression(context: WriteContext, expression: Expression): WritableElement {
  if (context.version === "1.3" && SINCE_1_4.has(expression.kind)) {
    throw new RangeError(`DMN 1.3 has no boxed "${expression.kind}"`);
  }
  const { typeRef } = expression;
  switch (expression.kind) {
    case "literal":
      return writeFeelText(context, "literalExpression", expression, { typeRef });
    case "context":
      return modelElement(context, "context", expression, { typeRef }, [
        ...expression.entries.map((entry) => writeContextEntry(context, entry)),
      ]);
    case "list":
      return modelElement(context, "list", expression, { typeRef }, writeAll(context, expression.items));
    case "relation":
      return modelElement(context, "relation", expression, { typeRef }, [
        ...expression.columns.map((column) => writeInformationItem(context, "column", column)),
        ...expression.rows.map((row) => modelElement(context, "row", row, {}, writeAll(context, row.cells))),
      ]);
    case "invocation":
      return modelElement(context, "invocation", expression, { typeRef }, [
        ...writeOptional(context, expression.called),
        ...expression.bindings.map((binding) => writeBinding(context, binding)),
      ]);
    case "function":
      return writeFunctionDefinition(context, "functionDefinition", expression);
    case "conditional":
      return modelElement(context, "conditional", expression, { typeRef }, [
        ...writePart(context, "if", expression.if),
        ...writePart(context, "then", expression.then),
        ...writePart(context, "else", expression.else),
      ]);
    case "filter":
      return modelElement(context, "filter", expression, { typeRef }, [
        ...writePart(context, "in", expression.in),
        ...writePart(context, "match", expression.match),
      ]);
    case "for":
    case "some":
    case "every": {
      const { iteratorVariable } = expression;
      return modelElement(context, expression.kind, expression, { typeRef, iteratorVariable }, [
        ...writePart(context, "in", expression.in),
        ...writePart(context, expression.kind === "for" ? "return" : "satisfies", expression.body),
      ]);
    }
    case "table":
      return writeDecisionTable(context, expression);
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
    ...writeOptional(context, definition.body),
  ]);
}

function writeAll(context: WriteContext, expressions: readonly Expression[]): WritableElement[] {
  return expressions.map((expression) => writeExpression(context, expression));
}

function writeOptional(context: WriteContext, expression: Expression | undefined): WritableElement[] {
  return expression === undefined ? [] : [writeExpression(context, expression)];
}

function writePart(
  context: WriteContext,
  local: string,
  expression: Expression | undefined,
): WritableElement[] {
  return expression === undefined
    ? []
    : [modelElement(context, local, {}, {}, [writeExpression(context, expression)])];
}

function writeContextEntry(context: WriteContext, entry: ContextEntry): WritableElement {
  const variable =
    entry.variable === undefined ? [] : [writeInformationItem(context, "variable", entry.variable)];
  return modelElement(context, "contextEntry", entry, {}, [
    ...variable,
    ...writeOptional(context, entry.value),
  ]);
}

function writeBinding(context: WriteContext, binding: Binding): WritableElement {
  const parameter = writeInformationItem(context, "parameter", binding.parameter);
  return modelElement(context, "binding", binding, {}, [parameter, ...writeOptional(context, binding.value)]);
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
  const { typeRef } = input.expression;
  const values = input.values === undefined ? [] : [writeFeelText(context, "inputValues", input.values)];
  const expression = writeFeelText(context, "inputExpression", input.expression, { typeRef });
  return modelElement(context, "input", input, {}, [expression, ...values]);
}

function writeOutput(context: WriteContext, output: OutputClause): WritableElement {
  const children: WritableElement[] = [];
  if (output.values !== undefined) children.push(writeFeelText(context, "outputValues", output.values));
  if (output.defaultEntry !== undefined) {
    children.push(writeFeelText(context, "defaultOutputEntry", output.defaultEntry));
  }
  return modelElement(context, "output", output, { name: output.name, typeRef: output.typeRef }, children);
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
