import type { XmlElement } from "#dmn/xml/element.ts";
import { readXml } from "#dmn/xml/read.ts";

/** One value of a test file, as written. */
export type TestValue =
  | { readonly kind: "value"; readonly type: string | undefined; readonly text: string | null }
  | { readonly kind: "list"; readonly items: readonly TestValue[] }
  | { readonly kind: "context"; readonly entries: readonly { name: string; value: TestValue }[] };

export interface InputNode {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly value: TestValue;
}

export interface ResultNode {
  readonly name: string;
  readonly type: string | undefined;
  /** The engine must report an error and yield null. */
  readonly errorResult: boolean;
  readonly expected: TestValue;
}

export interface TestCase {
  readonly id: string;
  readonly type: "decision" | "decisionService" | "bkm";
  readonly invocableName: string | undefined;
  readonly inputs: readonly InputNode[];
  readonly results: readonly ResultNode[];
}

export interface TestFile {
  readonly modelName: string;
  readonly cases: readonly TestCase[];
}

const NIL: TestValue = { kind: "value", type: undefined, text: null };

/** Reads one test file of the kit (namespace `.../20160719/testcase`). */
export function readTestFile(text: string, file: string): TestFile {
  const root = readXml({ file, text });
  const modelName = childOf(root, "modelName")?.text.trim() ?? "";
  return { modelName, cases: childrenOf(root, "testCase").map(readTestCase) };
}

function readTestCase(xml: XmlElement): TestCase {
  const type = attributeOf(xml, "type");
  return {
    id: attributeOf(xml, "id") ?? "",
    type: type === "decisionService" || type === "bkm" ? type : "decision",
    invocableName: attributeOf(xml, "invocableName"),
    inputs: childrenOf(xml, "inputNode").map((input) => ({
      name: attributeOf(input, "name") ?? "",
      namespace: attributeOf(input, "namespace"),
      value: readValueOf(input),
    })),
    results: childrenOf(xml, "resultNode").map(readResultNode),
  };
}

function readResultNode(xml: XmlElement): ResultNode {
  const expected = childOf(xml, "expected");
  return {
    name: attributeOf(xml, "name") ?? "",
    type: attributeOf(xml, "type"),
    errorResult: attributeOf(xml, "errorResult") === "true",
    expected: expected === undefined ? NIL : readValueOf(expected),
  };
}

/** The value inside an element: `<value>`, `<list>` or `<component>`s. */
function readValueOf(xml: XmlElement): TestValue {
  const list = childOf(xml, "list");
  if (list !== undefined)
    return isNil(list) ? NIL : { kind: "list", items: childrenOf(list, "item").map(readValueOf) };
  const components = childrenOf(xml, "component");
  if (components.length > 0) {
    const entries = components.map((component) => ({
      name: attributeOf(component, "name") ?? "",
      value: isNil(component) ? NIL : readValueOf(component),
    }));
    return { kind: "context", entries };
  }
  const value = childOf(xml, "value");
  if (value === undefined || isNil(value)) return NIL;
  return { kind: "value", type: attributeOf(value, "type")?.replace(/^.*:/, ""), text: value.text };
}

function isNil(xml: XmlElement): boolean {
  return attributeOf(xml, "nil") === "true";
}

function childrenOf(xml: XmlElement, local: string): XmlElement[] {
  return xml.children.filter((child) => child.local === local);
}

function childOf(xml: XmlElement, local: string): XmlElement | undefined {
  return childrenOf(xml, local)[0];
}

function attributeOf(xml: XmlElement, local: string): string | undefined {
  return xml.attributes.find((attribute) => attribute.local === local)?.value;
}
