import type { ElementReader } from "./element-reader.ts";
import type { FeelText, FunctionItem, InformationItem, ItemDefinition } from "./types.ts";

/** `{[key]: value}`, or nothing when the value is undefined: absent parts are absent, not undefined. */
export function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  const part: { [P in K]?: V } = {};
  if (value !== undefined) part[key] = value;
  return part;
}

export function readInformationItem(reader: ElementReader, fallbackName = ""): InformationItem {
  return {
    name: reader.attribute("name") ?? fallbackName,
    ...optional("typeRef", readTypeRef(reader)),
    ...reader.base(),
  };
}

/** A `typeRef` is an attribute, except in item definitions, where it is an element. */
export function readTypeRef(reader: ElementReader): string | undefined {
  const value = (reader.attribute("typeRef") ?? reader.childText("typeRef"))?.trim();
  return value === "" ? undefined : value;
}

/** An element that holds FEEL in a `<text>` child: unary tests and literal expressions. */
export function readFeelText(reader: ElementReader): FeelText {
  const text = reader.child("text");
  return {
    text: text?.xml.text ?? "",
    ...optional("textXml", text?.xml),
    ...optional("expressionLanguage", reader.attribute("expressionLanguage")),
    ...reader.base(),
  };
}

export function readItemDefinition(reader: ElementReader): ItemDefinition {
  const allowedValues = reader.child("allowedValues");
  const typeConstraint = reader.child("typeConstraint");
  const functionItem = reader.child("functionItem");
  return {
    name: reader.required("name"),
    ...optional("typeRef", readTypeRef(reader)),
    ...optional("typeLanguage", reader.attribute("typeLanguage")),
    isCollection: reader.attribute("isCollection") === "true",
    ...optional("allowedValues", allowedValues && readFeelText(allowedValues)),
    ...optional("typeConstraint", typeConstraint && readFeelText(typeConstraint)),
    components: reader.children("itemComponent").map(readItemDefinition),
    ...optional("functionItem", functionItem && readFunctionItem(functionItem)),
    ...reader.base(),
  };
}

function readFunctionItem(reader: ElementReader): FunctionItem {
  return {
    ...optional("outputTypeRef", reader.attribute("outputTypeRef")),
    parameters: reader.children("parameters").map((parameter) => readInformationItem(parameter)),
    ...reader.base(),
  };
}
