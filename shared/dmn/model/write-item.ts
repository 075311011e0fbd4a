import type { WritableElement } from "../xml/write.ts";
import { modelElement, textElement, type WriteContext } from "./element-writer.ts";
import type { FeelText, InformationItem, ItemDefinition } from "./types.ts";

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
  const children: WritableElement[] = [];
  if (item.typeRef !== undefined) children.push(textElement(context, "typeRef", item.typeRef));
  if (item.allowedValues !== undefined)
    children.push(writeFeelText(context, "allowedValues", item.allowedValues));
  if (item.typeConstraint !== undefined) {
    if (context.version === "1.3") throw new RangeError(`"${item.name}": DMN 1.3 has no typeConstraint`);
    children.push(writeFeelText(context, "typeConstraint", item.typeConstraint));
  }
  children.push(
    ...item.components.map((component) => writeItemDefinition(context, "itemComponent", component)),
  );
  if (item.functionItem !== undefined) {
    const parameters = item.functionItem.parameters.map((parameter) =>
      writeInformationItem(context, "parameters", parameter),
    );
    const { outputTypeRef } = item.functionItem;
    children.push(modelElement(context, "functionItem", item.functionItem, { outputTypeRef }, parameters));
  }
  const isCollection = item.isCollection ? "true" : undefined;
  return modelElement(
    context,
    local,
    item,
    { name: item.name, typeLanguage: item.typeLanguage, isCollection },
    children,
  );
}
