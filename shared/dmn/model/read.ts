import { DmnError, errorAt } from "../source/diagnostics.ts";
import { DEFAULT_DMN_LIMITS, type DmnLimits } from "../source/limits.ts";
import { optional } from "../source/optional.ts";
import type { SourceText } from "../source/source-text.ts";
import type { XmlElement } from "../xml/element.ts";
import { readXml } from "../xml/read.ts";
import { ElementReader } from "./element-reader.ts";
import { versionOfNamespace } from "./namespaces.ts";
import { readFunctionDefinition, readLogic } from "./read-expression.ts";
import { readInformationItem, readItemDefinition } from "./read-item.ts";
import type { Definitions, DmnVersion, DrgElement, Import, InformationItem, Requirement } from "./types.ts";

/**
 * Reads one DMN file, of version 1.1 to 1.5, to the typed model.
 * @param text the XML
 * @param file a name for messages, such as `decisions/offer.dmn`
 * @param report is told of what is wrong inside one element, which is then left out or read without its parts; by
 * default it throws that
 * @throws {DmnError} with file, line and column when the text is not such a model
 */
export function readDmn(
  text: string,
  file = "model.dmn",
  limits: DmnLimits = DEFAULT_DMN_LIMITS,
  report: (error: DmnError) => void = raise,
): Definitions {
  const source: SourceText = { file, text };
  const xml = readXml(source, limits);
  const version = modelVersion(source, xml);
  const context = { source, uri: xml.uri, limits };
  const reader = new ElementReader(context, xml);
  const imports = readEach(reader.children("import"), readImport, report);
  const itemDefinitions = readEach(reader.children("itemDefinition"), readItemDefinition, report);
  const drgElements = reader
    .children("inputData", "decision", "businessKnowledgeModel", "decisionService")
    .flatMap((element) => {
      const read = readEach([element], readDrgElement, report);
      const isNameless = !element.attribute("name");
      return read.length > 0 || isNameless ? read : readDrgElement(withoutParts(element));
    });
  return {
    name: reader.attribute("name") ?? "",
    namespace: reader.required("namespace"),
    version,
    ...reader.given("expressionLanguage", "typeLanguage"),
    imports,
    itemDefinitions,
    drgElements,
    source,
    ...reader.base(),
  };
}

function raise(error: DmnError): never {
  throw error;
}

/** Reads each. What cannot be read is reported and left out. */
export function readEach<S, T>(
  all: readonly S[],
  read: (one: S, index: number) => T,
  report: (error: DmnError) => void,
): T[] {
  return all.flatMap((one, index) => {
    try {
      return [read(one, index)];
    } catch (error) {
      if (!(error instanceof DmnError)) throw error;
      report(error);
      return [];
    }
  });
}

/** An element with nothing in it but its variable: others still find it by its name, and its value is null. */
function withoutParts({ context, xml }: ElementReader): ElementReader {
  const variables = xml.children.filter(({ local }) => local === "variable").slice(0, 1);
  return new ElementReader(context, { ...xml, children: variables });
}

function modelVersion(source: SourceText, xml: XmlElement): DmnVersion {
  if (xml.local !== "definitions") {
    const message = `expected a DMN <definitions> element, found <${xml.name}>`;
    throw errorAt(source, xml.at, "not-dmn", message);
  }
  const version = versionOfNamespace(xml.uri);
  if (version !== undefined) return version;
  throw errorAt(source, xml.at, "version", `expected DMN 1.1 to 1.5, found the namespace "${xml.uri}"`);
}

function readImport(reader: ElementReader): Import {
  return {
    name: reader.attribute("name") ?? "",
    namespace: reader.required("namespace"),
    importType: reader.required("importType"),
    ...reader.given("locationURI"),
    ...reader.base(),
  };
}

function readDrgElement(reader: ElementReader): DrgElement {
  switch (reader.xml.local) {
    case "inputData":
      return { kind: "inputData", ...readNamed(reader), ...reader.base() };
    case "decision": {
      const named = { ...readNamed(reader), requirements: readRequirements(reader) };
      return { kind: "decision", ...named, ...optional("logic", readLogic(reader)), ...reader.base() };
    }
    case "businessKnowledgeModel": {
      const named = { ...readNamed(reader), requirements: readRequirements(reader) };
      const logic = reader.child("encapsulatedLogic");
      const body = logic === undefined ? undefined : readFunctionDefinition(logic);
      return { kind: "businessKnowledgeModel", ...named, ...optional("logic", body), ...reader.base() };
    }
    default:
      return {
        kind: "decisionService",
        ...readNamed(reader),
        outputDecisions: readHrefs(reader, "outputDecision"),
        encapsulatedDecisions: readHrefs(reader, "encapsulatedDecision"),
        inputDecisions: readHrefs(reader, "inputDecision"),
        inputData: readHrefs(reader, "inputData"),
        ...reader.base(),
      };
  }
}

function readNamed(reader: ElementReader): { name: string; variable: InformationItem } {
  const name = reader.required("name");
  const variable = reader.child("variable");
  // The variable may be left out; it then has the element's own name (DMN 1.5, 6.3.1 and 7.3.3).
  return { name, variable: variable === undefined ? { name } : readInformationItem(variable, name) };
}

function readHrefs(reader: ElementReader, local: string): string[] {
  return reader.children(local).map((child) => child.required("href"));
}

const REQUIRED = {
  requiredInput: "input",
  requiredDecision: "decision",
  requiredKnowledge: "knowledge",
} as const;

function readRequirements(reader: ElementReader): Requirement[] {
  return reader.children("informationRequirement", "knowledgeRequirement").flatMap((requirement) => {
    const found: Requirement[] = [];
    for (const local of ["requiredInput", "requiredDecision", "requiredKnowledge"] as const) {
      const target = requirement.child(local);
      if (target !== undefined)
        found.push({ kind: REQUIRED[local], href: target.required("href"), ...requirement.base() });
    }
    if (found.length === 0)
      throw requirement.error(`<${requirement.xml.local}> names nothing that it requires`);
    return found;
  });
}
