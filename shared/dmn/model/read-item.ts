import { optional } from "../source/optional.ts";
import type { ElementReader } from "./element-reader.ts";
import type { FeelText, FunctionItem, InformationItem, ItemDefinition } from "./types.ts";

export function readInformationItem(reader: ElementReader, fallbackName = ""): InformationItem {
  return {
    name: reader.attribute("name") ?? fallbackName,
    ...readTypeRef(reader),
    ...reader.base(),
  };
}

/** A `typeRef` is an attribute, except in item definitions, where it is an element. */
export function readTypeRef(reader: ElementReader): { readonly typeRef?: string } {
  const typeRef = (reader.attribute("typeRef") ?? reader.childText("typeRef"))?.trim();
  return typeRef ? { typeRef } : {};
}

/** An element that holds FEEL in a `<text>` child: unary tests and literal expressions. */
export function readFeelText(reader: ElementReader): FeelText {
  const text = reader.child("text");
  return {
    text: text?.xml.text ?? "",
    ...optional("textXml", text?.xml),
    ...reader.given("expressionLanguage"),
    ...reader.base(),
  };
}

/** The FEEL in the child of that name, if there is one. */
export function readTextIn(reader: ElementReader, name: string): FeelText | undefined {
  const child = reader.child(name);
  return child && readFeelText(child);
}

export function readItemDefinition(reader: ElementReader): ItemDefinition {
  const functionItem = reader.child("functionItem");
  return {
    name: reader.required("name"),
    ...readTypeRef(reader),
    ...reader.given("typeLanguage"),
    isCollection: reader.attribute("isCollection") === "true",
    ...optional("allowedValues", readTextIn(reader, "allowedValues")),
    ...optional("typeConstraint", readTextIn(reader, "typeConstraint")),
    components: reader.children("itemComponent").map(readItemDefinition),
    ...optional("functionItem", functionItem && readFunctionItem(functionItem)),
    ...reader.base(),
  };
}

function readFunctionItem(reader: ElementReader): FunctionItem {
  return {
    ...reader.given("outputTypeRef"),
    parameters: reader.children("parameters").map((parameter) => readInformationItem(parameter)),
    ...reader.base(),
  };
}
