import { contextOf, type FeelFunction, type FeelType } from "#feel/index.ts";
import type { DrgElement } from "../model/types.ts";
import type { Site } from "../run.ts";
import type { CompiledPart } from "./feel-text.ts";
import type { Lambda } from "./functions.ts";
import { ANY_ITEM, type ItemType } from "./item-types.ts";
import type { ServicePlan } from "./plan.ts";
import type { ModelUnit } from "./unit.ts";

/** An element of the requirements graph, in its model. */
export interface GraphNode {
  readonly unit: ModelUnit;
  readonly element: DrgElement;
  readonly site: Site;
  /** The declared type of its variable. */
  readonly declared: ItemType;
  /** What it requires, with the names under which its logic sees them. */
  readonly required: RequiredNode[];
  /** What a service is given and what it answers with; nothing for other elements. */
  inputs: readonly GraphNode[];
  outputs: readonly GraphNode[];
  /** The type of its values as far as known; that of the function for BKMs and services. */
  type: FeelType;
  /** Its logic; set when it has been compiled. */
  logic?: CompiledPart;
  lambda?: Lambda;
  fn?: FeelFunction;
  /** How a service is evaluated: planned once, before anybody asks. */
  service?: ServicePlan;
  state: "new" | "compiling" | "compiled" | "refused";
}

/** `path` is one name, or an import's name and a name. */
export interface RequiredNode {
  readonly path: readonly [string] | readonly [string, string];
  readonly node: GraphNode;
}

/** The names under which a model sees an element: its own, or behind the name of each import of its model. */
export function pathsTo(unit: ModelUnit, { unit: other, element }: GraphNode): RequiredNode["path"][] {
  const { name } = element.variable;
  if (other === unit) return [[name]];
  return unit.imports
    .filter((imported) => imported.unit === other)
    .map((imported) => (imported.name === "" ? [name] : [imported.name, name]));
}

/** The names that an element's logic may use, with their types. */
export function scopeTypes(node: GraphNode): Readonly<Record<string, FeelType>> {
  const scope: Record<string, FeelType> = {};
  const imported = new Map<string, Record<string, FeelType>>();
  for (const { path, node: target } of node.required) {
    const [first, second] = path;
    if (second === undefined) {
      scope[first] = target.type;
      continue;
    }
    const entries = imported.get(first) ?? {};
    entries[second] = target.type;
    imported.set(first, entries);
  }
  for (const [name, entries] of imported) scope[name] = contextOf(entries);
  return scope;
}

/** A BKM's or service's variable has the function's type, or in older models its result's. */
export function resultOfFunction(declared: ItemType): ItemType {
  if (declared.type.kind !== "function") return declared;
  return declared.type.open ? ANY_ITEM : { type: declared.type.result };
}
