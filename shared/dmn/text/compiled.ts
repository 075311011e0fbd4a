import {
  coerce,
  conformsTo,
  type FeelInput,
  type FeelType,
  type FeelValue,
  showValue,
  typeName,
} from "#feel/index.ts";
import type { DmnRun } from "../run/run.ts";
import type { Site } from "../run/site.ts";
import type { CellSet } from "../types/cell-set.ts";
import { allows, type ItemType } from "../types/item-types.ts";
import { itemTest } from "../types/type-test.ts";

/** Something compiled: a literal expression, a boxed one or a table. */
export interface CompiledPart {
  readonly type: FeelType;
  readonly evaluate: (scope: FeelInput, run: DmnRun) => FeelValue;
  /** Set if the value is known without evaluating. */
  readonly constant?: { readonly value: FeelValue };
  /** The path from a name in scope, if the text is nothing but that path. */
  readonly path?: readonly string[];
  /** All values that it can have, where they are known. */
  readonly values?: readonly FeelValue[];
  /** The short way, where this is a table that has one. */
  readonly direct?: DirectTable;
}

/**
 * The short way through a table: from the names in scope to the output, when every input is a plain name or path
 * with a value of the expected kind. Undefined means: take the long way, which may warn, convert or fail.
 */
export type DirectMatch = (scope: FeelInput) => FeelValue | undefined;

export interface DirectTable {
  readonly match: DirectMatch;
  /** Whether it reads entries of contexts: then somebody must have checked the types of those contexts. */
  readonly readsEntries: boolean;
}

/** A cell: unary tests about the value of one column. */
export interface CompiledTests {
  readonly inputType: FeelType;
  readonly isAny: boolean;
  /** The values accepted, where the text alone tells. */
  readonly set: CellSet | undefined;
  readonly acceptsNull: boolean;
  /** The values accepted, where the tests are nothing but values. */
  readonly listed?: readonly FeelValue[];
  readonly matches: (scope: FeelInput, value: FeelValue, run: DmnRun) => boolean;
}

/** The part with its value checked against a declared type: a value of another type becomes null, with a warning. */
export function typedPart(part: CompiledPart, declared: ItemType, site: Site): CompiledPart {
  if (declared.type.kind === "any" && declared.constraint === undefined) return part;
  const type = part.type.kind === "any" || !conformsTo(part.type, declared.type) ? declared.type : part.type;
  const isRight = itemTest(declared);
  const evaluate = (scope: FeelInput, run: DmnRun): FeelValue => {
    const value = part.evaluate(scope, run);
    if (value === null || isRight(value, run)) return value;
    return coerceTo(value, declared, run, site);
  };
  if (part.values?.every((value) => fits(value, declared))) return { ...part, type };
  if (part.constant === undefined) return { type, evaluate };
  const value = coerce(part.constant.value, declared.type);
  const isAllowed = value !== undefined && allows(declared.constraint, value);
  return isAllowed ? { type, evaluate, constant: { value } } : { type, evaluate };
}

function fits(value: FeelValue, { type, constraint }: ItemType): boolean {
  return value === null || (coerce(value, type) === value && allows(constraint, value));
}

/** The value as its declared type wants it, else null with a warning (DMN 1.5, 10.3.2.9.4). */
export function coerceTo(value: FeelValue, declared: ItemType, run: DmnRun, site: Site): FeelValue {
  const coerced = coerce(value, declared.type, run);
  if (coerced === undefined) {
    return run.warn("coercion", `expected ${typeName(declared.type)}, found ${showValue(value)}`, site);
  }
  if (!allows(declared.constraint, coerced)) {
    return run.warn("allowed-values", `${showValue(coerced)} is not among the allowed values`, site);
  }
  return coerced;
}
