import type { WritableElement } from "../xml/write.ts";
import { modelElement, textElement, type WriteContext } from "./element-writer.ts";
import type { FeelText, FunctionItem, InformationItem, ItemDefinition } from "./types.ts";

export function writeInformationItem(
  context: WriteContext,
  local: string,
  item: InformationItem,
): WritableElement {
  const name = item.name === "" ? undefined : item.name;
  return modelElement(context, local, item, { name, typeRef: item.typeRef });
}

export function writeFeelText(
  context: WriteContext,
  local: string,
  feel: FeelText,
  attributes: Readonly<Record<string, string | undefined>> = {},
): WritableElement {
  const all = { ...attributes, expressionLanguage: feel.expressionLanguage };
  // Imported values stand in place of a text, never beside one (DMN 1.5, 7.3.2).
  const isImported = feel.text === "" && feel.rest?.children.some(({ name }) => /(^|:)imported/.test(name));
  return modelElement(context, local, feel, all, isImported ? [] : [textElement(context, "text", feel.text)]);
}

export function writeItemDefinition(
  context: WriteContext,
  local: string,
  item: ItemDefinition,
): WritableElement {
  const { name, typeRef, typeLanguage, allowedValues, typeConstraint, components, functionItem } = item;
  if (typeConstraint && context.version === "1.3") {
    throw new RangeError(`"${name}": DMN 1.3 has no typeConstraint`);
  }
  const isCollection = item.isCollection ? "true" : undefined;
  return modelElement(context, local, item, { name, typeLanguage, isCollection }, [
    typeRef === undefined ? undefined : textElement(context, "typeRef", typeRef),
    allowedValues && writeFeelText(context, "allowedValues", allowedValues),
    typeConstraint && writeFeelText(context, "typeConstraint", typeConstraint),
    ...components.map((component) => writeItemDefinition(context, "itemComponent", component)),
    functionItem && writeFunctionItem(context, functionItem),
  ]);
}

function writeFunctionItem(context: WriteContext, item: FunctionItem): WritableElement {
  const { outputTypeRef, parameters } = item;
  return modelElement(context, "functionItem", item, { outputTypeRef }, [
    ...parameters.map((parameter) => writeInformationItem(context, "parameters", parameter)),
  ]);
}
