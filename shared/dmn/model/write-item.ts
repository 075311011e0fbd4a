import type { WritableElement } from "../xml/write.ts";
import type { ElementWriter } from "./element-writer.ts";
import type { FeelText, FunctionItem, InformationItem, ItemDefinition } from "./types.ts";

export function writeInformationItem(
  writer: ElementWriter,
  local: string,
  item: InformationItem,
): WritableElement {
  const name = item.name === "" ? undefined : item.name;
  return writer.element(local, item, { name, typeRef: item.typeRef });
}

/** An element that holds FEEL in a `<text>` child. */
export function writeFeelText(
  writer: ElementWriter,
  local: string,
  feel: FeelText,
  attributes: Readonly<Record<string, string | undefined>> = {},
): WritableElement {
  const all = { ...attributes, expressionLanguage: feel.expressionLanguage };
  // Imported values stand in place of a text, never beside one (DMN 1.5, 7.3.2).
  const isImported = feel.text === "" && feel.rest?.children.some(({ name }) => /(^|:)imported/.test(name));
  return writer.element(local, feel, all, isImported ? [] : [writer.textElement("text", feel.text)]);
}

export function writeItemDefinition(
  writer: ElementWriter,
  local: string,
  item: ItemDefinition,
): WritableElement {
  const { name, typeRef, typeLanguage, allowedValues, typeConstraint, components, functionItem } = item;
  if (typeConstraint && writer.version === "1.3") {
    throw new RangeError(`"${name}": DMN 1.3 has no typeConstraint`);
  }
  const isCollection = item.isCollection ? "true" : undefined;
  return writer.element(local, item, { name, typeLanguage, isCollection }, [
    typeRef === undefined ? undefined : writer.textElement("typeRef", typeRef),
    allowedValues && writeFeelText(writer, "allowedValues", allowedValues),
    typeConstraint && writeFeelText(writer, "typeConstraint", typeConstraint),
    ...components.map((component) => writeItemDefinition(writer, "itemComponent", component)),
    functionItem && writeFunctionItem(writer, functionItem),
  ]);
}

function writeFunctionItem(writer: ElementWriter, item: FunctionItem): WritableElement {
  const { outputTypeRef, parameters } = item;
  return writer.element("functionItem", item, { outputTypeRef }, [
    ...parameters.map((parameter) => writeInformationItem(writer, "parameters", parameter)),
  ]);
}
