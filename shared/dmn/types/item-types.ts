import {
  ANY,
  contextOf,
  type FeelType,
  type FeelValue,
  functionOf,
  isContext,
  isList,
  listOf,
  namedType,
  typeSize,
} from "#feel/index.ts";
import type { Definitions, FeelText, InformationItem, ItemDefinition } from "../model/types.ts";
import type { Severity } from "../source/diagnostics.ts";
import { optional } from "../source/optional.ts";
import type { CellSet } from "./cell-set.ts";
import { vendorType } from "./vendor-types.ts";

/** Whether a value that already has the type also satisfies what its item definition demands beyond that. */
export type Constraint = (value: FeelValue) => boolean;

/** A FEEL type together with the allowed values that a DMN item definition adds to it. */
export interface ItemType {
  readonly type: FeelType;
  readonly constraint?: Constraint;
  /** The allowed values one by one, where they are listed so: the order of output priorities. */
  readonly listed?: readonly FeelValue[];
  /** The allowed values of this type and of those that it is made from, where their text alone tells; not of lists. */
  readonly allowedSets?: readonly CellSet[];
  /** The entries of a context, with their own allowed values. */
  readonly components?: ReadonlyMap<string, ItemType>;
}

/** Compiled allowed values. */
export interface AllowedValues {
  readonly constraint: Constraint;
  readonly set: CellSet | undefined;
  readonly listed: readonly FeelValue[] | undefined;
}

export const ANY_ITEM: ItemType = { type: ANY };

/** How many types may refer to each other in a chain: more than anyone writes by hand. */
const MAX_NESTING = 100;

/** How many parts one type may have, counted as often as they occur: types that repeat each other grow without end. */
const MAX_TYPE_SIZE = 10_000;

/** Whether a type has more parts than the compiler is to look at. */
export function isTooLarge(type: FeelType): boolean {
  return typeSize(type) > MAX_TYPE_SIZE;
}

/** How many types one model may know, those of its imports counted under each of their names. */
const MAX_TYPES = 100_000;

/** What the resolver needs of its surroundings. */
export interface TypeSource {
  readonly definitions: Definitions;
  /** The resolvers of imported models, with the names of the imports. */
  readonly imports: readonly { readonly name: string; readonly types: ItemTypes }[];
  /** Compiles allowed values to a test of one value; undefined if that failed (and was reported). */
  readonly compileTests: (tests: FeelText, type: FeelType, owner: string) => AllowedValues | undefined;
  readonly onProblem: (
    item: { readonly xml?: InformationItem["xml"] },
    message: string,
    severity?: Severity,
  ) => void;
}

/** Resolves the type names of one model. */
export class ItemTypes {
  private readonly source: TypeSource;
  private readonly byName: ReadonlyMap<string, ItemDefinition>;
  private readonly resolved = new Map<string, ItemType>();
  private readonly open = new Set<string>();

  constructor(source: TypeSource) {
    this.source = source;
    this.byName = new Map(source.definitions.itemDefinitions.map((item) => [item.name, item]));
  }

  /** The type an element refers to; Any when it names none, and (reported) when the name is unknown. */
  of(item: { readonly typeRef?: string; readonly xml?: InformationItem["xml"] }): ItemType {
    // Some editors write the label of a choice not made.
    if (item.typeRef === undefined || item.typeRef === "<Undefined>") return ANY_ITEM;
    const found = this.named(item.typeRef);
    if (found !== undefined) return found;
    this.source.onProblem(item, `unknown type "${item.typeRef}"`);
    return ANY_ITEM;
  }

  /** The type of that name: built in, an item definition here, or `import name.type`. */
  named(written: string): ItemType | undefined {
    const name = written.trim();
    const builtIn = namedType(name);
    const found = this.own(name) ?? (builtIn && { type: builtIn }) ?? this.importedType(name);
    if (found !== undefined) return found;
    // Models of DMN 1.1 and 1.2 have a prefix in front: that of FEEL, their own, or that of an import.
    const local = name.slice(name.indexOf(":") + 1);
    if (local !== name) return this.named(local) ?? this.importedOf(local);
    const meant = vendorType(name);
    return meant && { type: meant };
  }

  /**
   * All types of this model and of those it imports by name, for `instance of` and for typed parameters inside
   * expressions. What imported models import themselves is theirs alone, as with their elements.
   */
  all(): Readonly<Record<string, FeelType>> {
    const types: Record<string, FeelType> = {};
    let left = MAX_TYPES;
    // Where names are the same, this model comes before its imports, and these come in their order.
    for (const { name: prefix, types: model } of [
      { name: "", types: this },
      ...this.source.imports,
    ].reverse()) {
      left -= model.byName.size;
      for (const name of left < 0 ? [] : model.byName.keys()) {
        types[prefixOf(prefix) + name] = model.own(name)?.type ?? ANY;
      }
    }
    if (left < 0) this.source.onProblem({}, `more than ${MAX_TYPES} types`);
    return types;
  }

  private own(name: string): ItemType | undefined {
    const item = this.byName.get(name);
    return this.resolved.get(name) ?? (item && this.resolveOwn(name, item));
  }

  private importedType(name: string): ItemType | undefined {
    for (const { name: importName, types } of this.source.imports) {
      const prefix = prefixOf(importName);
      const found = name.startsWith(prefix) ? types.own(name.slice(prefix.length)) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private importedOf(local: string): ItemType | undefined {
    for (const { types } of this.source.imports) {
      const found = types.own(local);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private resolveOwn(name: string, item: ItemDefinition): ItemType {
    // FEEL types are finite trees: a type that contains itself is left open at that place.
    if (this.open.has(name)) {
      const circle = [...this.open, name].slice([...this.open].indexOf(name));
      this.source.onProblem(item, `the type "${name}" contains itself (${circle.join(" > ")})`, "warning");
      return ANY_ITEM;
    }
    if (this.open.size >= MAX_NESTING) return ANY_ITEM;
    this.open.add(name);
    const built = this.build(item, name);
    this.open.delete(name);
    const isRefused = isTooLarge(built.type);
    if (isRefused) this.source.onProblem(item, `the type "${name}" has more than ${MAX_TYPE_SIZE} parts`);
    const type = isRefused ? ANY_ITEM : built;
    this.resolved.set(name, type);
    return type;
  }

  private build(item: ItemDefinition, owner: string): ItemType {
    const base = this.buildBase(item, owner);
    const allowed = item.allowedValues && this.source.compileTests(item.allowedValues, base.type, owner);
    const element = restricted(base, allowed);
    const whole = item.isCollection ? collectionOf(element) : element;
    const constraint =
      item.typeConstraint && this.source.compileTests(item.typeConstraint, whole.type, owner);
    return restricted(whole, constraint);
  }

  private buildBase(item: ItemDefinition, owner: string): ItemType {
    if (item.functionItem !== undefined) {
      const parameters = item.functionItem.parameters.map((parameter) => this.of(parameter).type);
      const { outputTypeRef } = item.functionItem;
      const result = this.of(
        outputTypeRef === undefined ? {} : { ...item.functionItem, typeRef: outputTypeRef },
      );
      return { type: functionOf(parameters, result.type) };
    }
    if (item.components.length === 0) return this.of(item);
    const components = item.components.map((component): [string, ItemType] => [
      component.name,
      this.build(component, `${owner}.${component.name}`),
    ]);
    const type = contextOf(Object.fromEntries(components.map(([name, component]) => [name, component.type])));
    const whole = { type, components: new Map(components) };
    const constrained = components.filter(([, component]) => component.constraint !== undefined);
    if (constrained.length === 0) return whole;
    const constraint: Constraint = (value) =>
      !isContext(value) ||
      constrained.every(([name, { constraint }]) => allows(constraint, value[name] ?? null));
    return { ...whole, constraint };
  }
}

/** What stands in front of the names of an imported model; nothing where the import has no name (DMN 1.5, 6.3.3). */
export function prefixOf(importName: string): string {
  return importName === "" ? "" : `${importName}.`;
}

/** An absent value is no wrong value: null belongs to every type (DMN 1.5, 10.3.2.9). */
export function allows(constraint: Constraint | undefined, value: FeelValue): boolean {
  return value === null || constraint === undefined || constraint(value);
}

function both(first: Constraint | undefined, second: Constraint | undefined): Constraint | undefined {
  if (first === undefined) return second;
  if (second === undefined) return first;
  return (value) => first(value) && second(value);
}

function restricted(base: ItemType, allowed: AllowedValues | undefined): ItemType {
  const constraint = both(base.constraint, allowed?.constraint);
  return {
    ...base,
    ...optional("constraint", constraint),
    ...optional("listed", allowed?.listed ?? base.listed),
    ...(allowed?.set && { allowedSets: [allowed.set, ...(base.allowedSets ?? [])] }),
  };
}

function collectionOf({ type, constraint }: ItemType): ItemType {
  if (constraint === undefined) return { type: listOf(type) };
  return {
    type: listOf(type),
    constraint: (value) => !isList(value) || value.every((element) => allows(constraint, element)),
  };
}
