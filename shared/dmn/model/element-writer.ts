import type { WritableElement } from "../xml/write.ts";
import type { DmnVersion, ModelElement } from "./types.ts";

/** What writing one model needs to know everywhere. */
export interface WriteContext {
  readonly version: DmnVersion;
  /** Prefix of the model's own elements, with its colon; empty when it is the default namespace. */
  readonly prefix: string;
}

export type AttributeValues = Readonly<Record<string, string | undefined>>;

/**
 * The order that the XML schema demands among the children of one element; children it does not name (diagrams,
 * artifacts, other vendors' elements) come last, in the order in which they were read.
 */
const CHILD_ORDER = `
  description extensionElements import itemDefinition inputData question allowedAnswers variable
  parameter typeRef allowedValues typeConstraint itemComponent functionItem parameters formalParameter
  encapsulatedLogic informationRequirement knowledgeRequirement authorityRequirement outputDecision
  encapsulatedDecision inputDecision text inputExpression inputValues outputValues defaultOutputEntry
  input output annotation inputEntry outputEntry annotationEntry column if then else in match return
  satisfies`
  .trim()
  .split(/\s+/);
const SERVICE_ORDER =
  "description extensionElements variable outputDecision encapsulatedDecision inputDecision inputData".split(
    " ",
  );
/** Elements whose children have no fixed order among themselves: requirements of the graph, items, rows. */
const LAST = 1000;

/** An element of the model's namespace with the common parts of `of` and everything that was kept uninterpreted. */
export function modelElement(
  context: WriteContext,
  local: string,
  of: ModelElement,
  attributes: AttributeValues = {},
  children: readonly (WritableElement | undefined)[] = [],
  text = "",
): WritableElement {
  const own = { id: of.id, label: of.label, ...attributes };
  const written = Object.entries(own).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  const { description, rest } = of;
  const all = [
    description === undefined ? undefined : textElement(context, "description", description),
    ...children,
    ...(rest?.children ?? []),
  ].filter((child) => child !== undefined);
  return {
    name: context.prefix + local,
    attributes: [...written, ...(rest?.attributes ?? [])],
    children: inSchemaOrder(context, local, all),
    text,
  };
}

/** An element that holds only text. */
export function textElement(context: WriteContext, local: string, text: string): WritableElement {
  return { name: context.prefix + local, attributes: [], children: [], text };
}

function inSchemaOrder(
  context: WriteContext,
  parent: string,
  children: readonly WritableElement[],
): WritableElement[] {
  // Among the elements of the graph the order is the author's.
  const order = parent === "decisionService" ? SERVICE_ORDER : CHILD_ORDER;
  const rank = (child: WritableElement): number => {
    if (!child.name.startsWith(context.prefix)) return parent === "definitions" ? DIAGRAMS : LAST + 1;
    const index = order.indexOf(child.name.slice(context.prefix.length));
    if (parent === "definitions") return index >= 0 && index <= 3 ? index : definitionsRank(context, child);
    return index === -1 ? LAST : index;
  };
  return children
    .map((child, index) => ({ child, index, rank: rank(child) }))
    .sort((left, right) => left.rank - right.rank || left.index - right.index)
    .map(({ child }) => child);
}

/** Of `definitions`, what has a namespace of its own: the diagrams, which end the file. */
const DIAGRAMS = LAST + 3;
const AFTER_GRAPH = ["association", "group", "textAnnotation", "elementCollection"];
const AFTER_COLLECTIONS = ["performanceIndicator", "organizationUnit"];

function definitionsRank(context: WriteContext, child: WritableElement): number {
  const local = child.name.slice(context.prefix.length);
  if (AFTER_COLLECTIONS.includes(local)) return LAST + 2;
  if (AFTER_GRAPH.includes(local)) return LAST + 1;
  return local.includes(":") ? DIAGRAMS : LAST;
}
