import type { WritableElement } from "../xml/write.ts";
import type { DmnVersion, ModelElement } from "./types.ts";

type AttributeValues = Readonly<Record<string, string | undefined>>;

/** Writes the elements of one model: in one version of DMN, with one prefix. */
export class ElementWriter {
  readonly version: DmnVersion;
  /** Prefix of the model's own elements, with its colon; empty when it is the default namespace. */
  readonly prefix: string;

  constructor(version: DmnVersion, prefix: string) {
    this.version = version;
    this.prefix = prefix;
  }

  /** An element of the model's namespace with the common parts of `of` and everything that was kept uninterpreted. */
  element(
    local: string,
    of: ModelElement,
    attributes: AttributeValues = {},
    children: readonly (WritableElement | undefined)[] = [],
  ): WritableElement {
    const { id, label, description, rest } = of;
    const written = Object.entries({ id, label, ...attributes }).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value }],
    );
    const all = [
      description === undefined ? undefined : this.textElement("description", description),
      ...children,
      ...(rest?.children ?? []),
    ].filter((child) => child !== undefined);
    return {
      name: this.prefix + local,
      attributes: [...written, ...(rest?.attributes ?? [])],
      children: inSchemaOrder(this.prefix, local, all),
      text: "",
    };
  }

  /** An element that holds only text. */
  textElement(local: string, text: string): WritableElement {
    return { name: this.prefix + local, attributes: [], children: [], text };
  }
}

/** Children of an element in the order that the XML schema demands. */
const CHILD_ORDER = `
  description extensionElements import itemDefinition inputData question allowedAnswers variable
  parameter typeRef allowedValues typeConstraint itemComponent functionItem parameters formalParameter
  encapsulatedLogic informationRequirement knowledgeRequirement authorityRequirement outputDecision
  encapsulatedDecision inputDecision text inputExpression inputValues outputValues defaultOutputEntry
  input output annotation inputEntry outputEntry annotationEntry column if then else in match return
  satisfies`
  .trim()
  .split(/\s+/);
/** The same for a decision service, where decisions come before input data. */
const SERVICE_ORDER =
  "description extensionElements variable outputDecision encapsulatedDecision inputDecision inputData".split(
    " ",
  );
/** The rank of children that have no place in that order. */
const LAST = 1000;
/** The rank of diagrams, which end the file: they have a namespace of their own. */
const DIAGRAMS = LAST + 3;
/** Of a file: what comes behind the elements of the graph. */
const AFTER_GRAPH = ["association", "group", "textAnnotation", "elementCollection"];
/** Of a file: what comes behind those. */
const AFTER_COLLECTIONS = ["performanceIndicator", "organizationUnit"];

/** Sorts the children. Those of one rank keep their order: among the elements of the graph it is the author's. */
function inSchemaOrder(
  prefix: string,
  parent: string,
  children: readonly WritableElement[],
): WritableElement[] {
  const order = parent === "decisionService" ? SERVICE_ORDER : CHILD_ORDER;
  const rank = (child: WritableElement): number => {
    if (!child.name.startsWith(prefix)) return parent === "definitions" ? DIAGRAMS : LAST + 1;
    const index = order.indexOf(child.name.slice(prefix.length));
    if (parent === "definitions") return index >= 0 && index <= 3 ? index : definitionsRank(prefix, child);
    return index === -1 ? LAST : index;
  };
  return children
    .map((child, index) => ({ child, index, rank: rank(child) }))
    .sort((left, right) => left.rank - right.rank || left.index - right.index)
    .map(({ child }) => child);
}

function definitionsRank(prefix: string, child: WritableElement): number {
  const local = child.name.slice(prefix.length);
  if (AFTER_COLLECTIONS.includes(local)) return LAST + 2;
  if (AFTER_GRAPH.includes(local)) return LAST + 1;
  return local.includes(":") ? DIAGRAMS : LAST;
}
