import type { XmlAttribute, XmlElement } from "../xml/read.ts";
import { type WritableElement, writeXml } from "../xml/write.ts";
import { modelElement, type WriteContext } from "./element-writer.ts";
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
  const context: WriteContext = { version, prefix: modelPrefix(definitions) };
  const children: WritableElement[] = [
    ...definitions.imports.map((item) => writeImport(context, item)),
    ...definitions.itemDefinitions.map((item) => writeItemDefinition(context, "itemDefinition", item)),
    ...definitions.drgElements.map((element) => writeDrgElement(context, element)),
  ];
  const attributes = {
    name: definitions.name,
    namespace: definitions.namespace,
    expressionLanguage: definitions.expressionLanguage,
    typeLanguage: definitions.typeLanguage,
  };
  const withNamespaces = { ...definitions, rest: namespacesOf(definitions, context) };
  return writeXml(modelElement(context, "definitions", withNamespaces, attributes, children));
}

function modelPrefix({ xml }: Definitions): string {
  const colon = xml?.name.indexOf(":") ?? -1;
  return xml === undefined || colon === -1 ? "" : xml.name.slice(0, colon + 1);
}

/** The uninterpreted parts, with namespace declarations moved to the version that is written. */
function namespacesOf(
  { rest }: Definitions,
  { version, prefix }: WriteContext,
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

function writeImport(context: WriteContext, item: Import): WritableElement {
  const { name, namespace, locationURI } = item;
  if (context.version === "1.3" && name === "") throw new RangeError("DMN 1.3 has no import without a name");
  const importType =
    versionOfNamespace(item.importType) === undefined
      ? item.importType
      : VERSION_NAMESPACES[context.version].model;
  return modelElement(context, "import", item, { name, namespace, importType, locationURI });
}

function writeDrgElement(context: WriteContext, element: DrgElement): WritableElement {
  return modelElement(context, element.kind, element, { name: element.name }, [
    writeInformationItem(context, "variable", element.variable),
    ...partsOf(context, element),
  ]);
}

function partsOf(context: WriteContext, element: DrgElement): (WritableElement | undefined)[] {
  if (element.kind === "inputData") return [];
  if (element.kind === "decisionService") {
    return [
      ...hrefs(context, "outputDecision", element.outputDecisions),
      ...hrefs(context, "encapsulatedDecision", element.encapsulatedDecisions),
      ...hrefs(context, "inputDecision", element.inputDecisions),
      ...hrefs(context, "inputData", element.inputData),
    ];
  }
  const requirements = element.requirements.map((requirement) => writeRequirement(context, requirement));
  if (element.kind === "decision") return [...requirements, writeOptional(context, element.logic)];
  const { logic } = element;
  return [logic && writeFunctionDefinition(context, "encapsulatedLogic", logic), ...requirements];
}

function hrefs(context: WriteContext, local: string, targets: readonly string[]): WritableElement[] {
  return targets.map((href) => modelElement(context, local, {}, { href }));
}

const TARGETS = {
  input: "requiredInput",
  decision: "requiredDecision",
  knowledge: "requiredKnowledge",
} as const;

function writeRequirement(context: WriteContext, requirement: Requirement): WritableElement {
  const local = requirement.kind === "knowledge" ? "knowledgeRequirement" : "informationRequirement";
  const target = modelElement(context, TARGETS[requirement.kind], {}, { href: requirement.href });
  return modelElement(context, local, requirement, {}, [target]);
}
