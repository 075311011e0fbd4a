import type { XmlAttribute, XmlElement } from "../xml/element.ts";
import { type WritableElement, writeXml } from "../xml/write.ts";
import { ElementWriter } from "./element-writer.ts";
import { isDiagramNamespace, VERSION_NAMESPACES, versionOfNamespace } from "./namespaces.ts";
import type { Definitions, DmnVersion, DrgElement, Import, Requirement } from "./types.ts";
import { writeFunctionDefinition, writeOptional } from "./write-expression.ts";
import { writeInformationItem, writeItemDefinition } from "./write-item.ts";

/**
 * Writes a model as DMN XML, in its own version or in another. What the reader did not interpret (diagrams,
 * vendor extensions) is written back as it was; XML comments are lost.
 * @throws {RangeError} when the model holds what the wanted version does not have
 */
export function writeDmn(definitions: Definitions, version: DmnVersion = definitions.version): string {
  const writer = new ElementWriter(version, modelPrefix(definitions));
  const children: WritableElement[] = [
    ...definitions.imports.map((item) => writeImport(writer, item)),
    ...definitions.itemDefinitions.map((item) => writeItemDefinition(writer, "itemDefinition", item)),
    ...definitions.drgElements.map((element) => writeDrgElement(writer, element)),
  ];
  const attributes = {
    name: definitions.name,
    namespace: definitions.namespace,
    expressionLanguage: definitions.expressionLanguage,
    typeLanguage: definitions.typeLanguage,
  };
  const withNamespaces = { ...definitions, rest: namespacesOf(definitions, writer) };
  return writeXml(writer.element("definitions", withNamespaces, attributes, children));
}

function modelPrefix({ xml }: Definitions): string {
  const colon = xml?.name.indexOf(":") ?? -1;
  return xml === undefined || colon === -1 ? "" : xml.name.slice(0, colon + 1);
}

/** The uninterpreted parts, with namespace declarations moved to the version that is written. */
function namespacesOf(
  { rest }: Definitions,
  { version, prefix }: ElementWriter,
): { attributes: readonly XmlAttribute[]; children: readonly XmlElement[] } {
  const { model, diagram } = VERSION_NAMESPACES[version];
  const declaration = prefix === "" ? "xmlns" : `xmlns:${prefix.slice(0, -1)}`;
  const moved = (rest?.attributes ?? []).map((attribute) => {
    if (!attribute.name.startsWith("xmlns")) return attribute;
    if (isDiagramNamespace(attribute.value)) return { ...attribute, value: diagram };
    return versionOfNamespace(attribute.value) === undefined ? attribute : { ...attribute, value: model };
  });
  const children = rest?.children ?? [];
  if (moved.some(({ name }) => name === declaration)) return { attributes: moved, children };
  const own = { name: declaration, local: declaration, uri: "", value: model };
  return { attributes: [own, ...moved], children };
}

function writeImport(writer: ElementWriter, item: Import): WritableElement {
  const { name, namespace, locationURI } = item;
  if (writer.version === "1.3" && name === "") throw new RangeError("DMN 1.3 has no import without a name");
  const importType =
    versionOfNamespace(item.importType) === undefined
      ? item.importType
      : VERSION_NAMESPACES[writer.version].model;
  return writer.element("import", item, { name, namespace, importType, locationURI });
}

function writeDrgElement(writer: ElementWriter, element: DrgElement): WritableElement {
  return writer.element(element.kind, element, { name: element.name }, [
    writeInformationItem(writer, "variable", element.variable),
    ...partsOf(writer, element),
  ]);
}

function partsOf(writer: ElementWriter, element: DrgElement): (WritableElement | undefined)[] {
  if (element.kind === "inputData") return [];
  if (element.kind === "decisionService") {
    return [
      ...hrefs(writer, "outputDecision", element.outputDecisions),
      ...hrefs(writer, "encapsulatedDecision", element.encapsulatedDecisions),
      ...hrefs(writer, "inputDecision", element.inputDecisions),
      ...hrefs(writer, "inputData", element.inputData),
    ];
  }
  const requirements = element.requirements.map((requirement) => writeRequirement(writer, requirement));
  if (element.kind === "decision") return [...requirements, writeOptional(writer, element.logic)];
  const { logic } = element;
  return [logic && writeFunctionDefinition(writer, "encapsulatedLogic", logic), ...requirements];
}

function hrefs(writer: ElementWriter, local: string, targets: readonly string[]): WritableElement[] {
  return targets.map((href) => writer.element(local, {}, { href }));
}

const TARGETS = {
  input: "requiredInput",
  decision: "requiredDecision",
  knowledge: "requiredKnowledge",
} as const;

function writeRequirement(writer: ElementWriter, requirement: Requirement): WritableElement {
  const local = requirement.kind === "knowledge" ? "knowledgeRequirement" : "informationRequirement";
  const target = writer.element(TARGETS[requirement.kind], {}, { href: requirement.href });
  return writer.element(local, requirement, {}, [target]);
}
