import { contextOf, type FeelFunction, type FeelInput, type FeelType, type FeelValue } from "#feel/index.ts";
import type { Lambda } from "../compile/functions.ts";
import type { DrgElement } from "../model/types.ts";
import type { DmnRun } from "../run/run.ts";
import type { Site } from "../run/site.ts";
import type { CompiledPart, DirectMatch } from "../text/compiled.ts";
import { ANY_ITEM, type ItemType } from "../types/item-types.ts";
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
  /** What a service is given; nothing for other elements. */
  inputs: readonly GraphNode[];
  /** What a service answers with; nothing for other elements. */
  outputs: readonly GraphNode[];
  /** The type of its values as far as known; that of the function for BKMs and services. */
  type: FeelType;
  /** A decision's logic; set when it has been compiled. */
  logic?: CompiledPart;
  /** A BKM's function; set when it has been compiled. */
  lambda?: Lambda;
  /** The function that a BKM or service is for expressions; made at its first use. */
  fn?: FeelFunction;
  /** How a service is evaluated: planned once, before anybody asks. */
  service?: ServicePlan;
  state: "new" | "compiling" | "compiled" | "refused";
}

/** The evaluation of some decisions: what they need, each once, in an order in which everything comes in time. */
export interface Plan {
  /** The input data (and for services, decisions) whose values the caller gives. */
  readonly inputs: readonly GraphNode[];
  readonly evaluate: (inputs: FeelInput, run: DmnRun) => FeelValue[];
  /** The short way to the only output, straight from the inputs; its undefined means that `evaluate` is needed. */
  readonly direct: DirectMatch | undefined;
}

/** How a service is evaluated: its outputs, with its inputs given. */
export interface ServicePlan {
  readonly plan: Plan;
  readonly result: (inputs: FeelInput, run: DmnRun) => FeelValue;
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
