import {
  ANY,
  type CompiledExpression,
  coerce,
  compileTree,
  compileUnaryTestsTree,
  conformsTo,
  type Diagnostic,
  FeelFunction,
  type FeelInput,
  FeelRange,
  FeelSyntaxError,
  type FeelType,
  type FeelValue,
  type Scope,
  showValue,
  typeName,
} from "#feel/index.ts";
import type { DiagnosticLog } from "../diagnostic-log.ts";
import { isFeel } from "../model/namespaces.ts";
import type { FeelText } from "../model/types.ts";
import { optional } from "../optional.ts";
import { type DmnRun, type Site, siteAt } from "../run.ts";
import { ANY_CELL, type CellSet, cellSetOf } from "../table/cell-set.ts";
import type { DirectTable } from "../table/direct-table.ts";
import type { SourceText } from "../xml/source.ts";
import { allows, type ItemType } from "./item-types.ts";
import { pathReader, valueAt } from "./read-path.ts";
import type { Syntax } from "./syntax.ts";
import { itemTest } from "./type-test.ts";

/** Something compiled: a literal expression, a boxed one or a table. */
export interface CompiledPart {
  readonly type: FeelType;
  readonly evaluate: (scope: FeelInput, run: DmnRun) => FeelValue;
  /** Set if the value is known without evaluating. */
  readonly constant?: { readonly value: FeelValue };
  /** The path from a name in scope, if the text is nothing but that path. */
  readonly path?: readonly string[];
  /** All values that it can have, where they are known; the short way yields no others. */
  readonly values?: readonly FeelValue[];
  readonly direct?: DirectTable;
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

/** What compiling FEEL text inside one model needs to know everywhere. */
export interface TextContext {
  readonly source: SourceText;
  readonly log: DiagnosticLog;
  readonly types: Scope;
  readonly syntax: Syntax;
  /** Default `expressionLanguage` of the model. */
  readonly language: string | undefined;
}

const NULL_PART: CompiledPart = { type: ANY, evaluate: () => null };

/** Compiles FEEL text; text that is wrong is reported and yields null, with a warning, whenever it is evaluated. */
export function compileText(
  context: TextContext,
  text: FeelText,
  scope: Scope,
  element: string,
  tolerateUnknownNames = false,
): CompiledPart {
  const site = siteOf(context, text, element);
  if (!isFeel(text.expressionLanguage ?? context.language)) return unsupportedLanguage(context, text, site);
  if (text.text.trim() === "") {
    return { ...NULL_PART, evaluate: (_, run) => run.warn("no-logic", "the expression is empty", site) };
  }
  const compiled = attempt(() => {
    const tree = context.syntax.treeOf(text.text, scope);
    return compileTree(text.text, tree, scope, { types: context.types });
  });
  if (!("evaluate" in compiled)) {
    reportAll(context, text, compiled.diagnostics, element);
    const message = compiled.diagnostics[0]?.message ?? "the expression cannot be compiled";
    return { ...NULL_PART, evaluate: (_, run) => run.warn("not-compiled", message, site, 0) };
  }
  reportAll(context, text, compiled.diagnostics, element, tolerateUnknownNames);
  return partOf(compiled, site);
}

function partOf(compiled: CompiledExpression, site: Site): CompiledPart {
  const { type, references } = compiled;
  const [path] = references;
  const isPath = references.length === 1 && path !== undefined && compiled.text.trim() === path.join(".");
  const read = isPath ? pathReader(path) : undefined;
  const evaluate = (scope: FeelInput, run: DmnRun): FeelValue => {
    if (run.trace !== undefined) recordReads(references, scope, run);
    const value = read?.(scope);
    if (value !== undefined) return value;
    run.site = site;
    return compiled.evaluate(scope, run);
  };
  return {
    type,
    evaluate,
    ...optional("constant", compiled.constant),
    ...(isPath && { path }),
  };
}

/** Functions are no facts, and what a called one names its parameters is its own affair. */
function recordReads(references: readonly (readonly string[])[], scope: FeelInput, run: DmnRun): void {
  if (run.isCalling) return;
  for (const path of references) {
    const [name = ""] = path;
    const value = Object.hasOwn(scope, name) ? valueAt(scope, path) : undefined;
    if (value !== undefined && !(value instanceof FeelFunction)) run.trace?.readPath(path.join("."), value);
  }
}

/** Compiles the unary tests of a cell, of allowed values or of input values. */
export function compileTests(
  context: TextContext,
  text: FeelText,
  inputType: FeelType,
  scope: Scope,
  element: string,
): CompiledTests {
  const site = siteOf(context, text, element);
  const written = text.text.trim();
  const anyTests = { inputType, isAny: true, set: ANY_CELL, acceptsNull: true, matches: () => true };
  if (written === "" || written === "-") return anyTests;
  const compiled = attempt(() => {
    const tree = context.syntax.testsTreeOf(text.text, scope);
    return compileUnaryTestsTree(text.text, tree, inputType, scope, { types: context.types });
  });
  if (!("evaluate" in compiled)) {
    reportAll(context, text, compiled.diagnostics, element);
    const message = compiled.diagnostics[0]?.message ?? "the cell cannot be compiled";
    const matches = (_: FeelInput, __: FeelValue, run: DmnRun): boolean => {
      run.warn("not-compiled", message, site, 0);
      return false;
    };
    return { inputType, isAny: false, set: undefined, acceptsNull: false, matches };
  }
  reportAll(context, text, compiled.diagnostics, element);
  const { shape } = compiled;
  const set = cellSetOf(shape);
  const isList =
    shape.kind === "tests" && !shape.negated && !shape.tests.some((test) => test instanceof FeelRange);
  return {
    inputType,
    isAny: false,
    set,
    ...(isList && { listed: shape.tests }),
    acceptsNull: set !== undefined && compiled.evaluate({}, null) === true,
    matches: (tested, value, run) => {
      if (run.trace !== undefined) recordReads(compiled.references, tested, run);
      run.site = site;
      return compiled.evaluate(tested, value, run) === true;
    },
  };
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

export function siteOf({ source }: Pick<TextContext, "source">, text: FeelText, element: string): Site {
  return siteAt(source, element, text.textXml ?? text.xml);
}

function attempt<T extends object>(compileIt: () => T): T | { readonly diagnostics: readonly Diagnostic[] } {
  try {
    return compileIt();
  } catch (error) {
    if (error instanceof FeelSyntaxError) return { diagnostics: error.diagnostics };
    throw error;
  }
}

function reportAll(
  context: TextContext,
  text: FeelText,
  diagnostics: readonly Diagnostic[],
  element: string,
  tolerateUnknownNames = false,
): void {
  for (const { severity, code, message, from, expected, suggestion } of diagnostics) {
    if (tolerateUnknownNames && code === "unknown-name") continue;
    const meant = suggestion && `did you mean "${suggestion}"?`;
    const hint = [meant, expected].filter(Boolean).join(" ");
    const xml = text.textXml ?? text.xml;
    const more = { severity, ...(hint && { expected: hint }) };
    context.log.add({ ...context, element }, xml, "expression", message, more, from);
  }
}

function unsupportedLanguage(context: TextContext, text: FeelText, site: Site): CompiledPart {
  const message = `expressions in "${text.expressionLanguage ?? context.language}" are not supported: only FEEL is`;
  context.log.add(site, text.xml, "unsupported", message);
  return { ...NULL_PART, evaluate: (_, run) => run.warn("unsupported", message, site) };
}
