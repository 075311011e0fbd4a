import {
  ANY,
  type CompiledExpression,
  compileTree,
  compileUnaryTestsTree,
  type Diagnostic,
  FeelFunction,
  type FeelInput,
  FeelRange,
  FeelSyntaxError,
  type FeelType,
  type FeelValue,
  type Scope,
} from "#feel/index.ts";
import { isFeel } from "../model/namespaces.ts";
import type { FeelText } from "../model/types.ts";
import { DmnRun } from "../run/run.ts";
import { type Site, siteOf } from "../run/site.ts";
import { optional } from "../source/optional.ts";
import { ANY_CELL, cellSetOf } from "../types/cell-set.ts";
import type { AllowedValues } from "../types/item-types.ts";
import type { CompiledPart, CompiledTests } from "./compiled.ts";
import type { TextContext } from "./context.ts";
import { pathReader, valueAt } from "./read-path.ts";

const NULL_PART: CompiledPart = { type: ANY, evaluate: () => null };

/** Where FEEL text stands. */
export function siteOfText(context: Site, text: FeelText): Site {
  return siteOf(context, text.textXml ?? text.xml);
}

/** Compiles FEEL text; text that is wrong is reported and yields null, with a warning, whenever it is evaluated. */
export function compileText(
  context: TextContext,
  text: FeelText,
  scope: Scope,
  tolerateUnknownNames = false,
): CompiledPart {
  const site = siteOfText(context, text);
  const language = otherLanguage(context, text);
  if (language !== undefined) {
    const message = reportLanguage(context, text, language);
    return { ...NULL_PART, evaluate: (_, run) => run.warn("unsupported", message, site) };
  }
  if (text.text.trim() === "") {
    return { ...NULL_PART, evaluate: (_, run) => run.warn("no-logic", "the expression is empty", site) };
  }
  const compiled = attempt(() => {
    const tree = context.syntax.treeOf(text.text, scope);
    return compileTree(text.text, tree, scope, { types: context.types });
  });
  if (!("evaluate" in compiled)) {
    reportAll(context, site, compiled.diagnostics);
    const message = compiled.diagnostics[0]?.message ?? "the expression cannot be compiled";
    return { ...NULL_PART, evaluate: (_, run) => run.warn("not-compiled", message, site, 0) };
  }
  const isTolerated = ({ code }: Diagnostic): boolean => tolerateUnknownNames && code === "unknown-name";
  reportAll(
    context,
    site,
    compiled.diagnostics.filter((found) => !isTolerated(found)),
  );
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
): CompiledTests {
  const site = siteOfText(context, text);
  const written = text.text.trim();
  const anyTests = { inputType, isAny: true, set: ANY_CELL, acceptsNull: true, matches: () => true };
  if (written === "" || written === "-") return anyTests;
  const neverMatching = (code: "not-compiled" | "unsupported", message: string): CompiledTests => {
    const matches = (_: FeelInput, __: FeelValue, run: DmnRun): boolean => {
      run.warn(code, message, site, 0);
      return false;
    };
    return { inputType, isAny: false, set: undefined, acceptsNull: false, matches };
  };
  const language = otherLanguage(context, text);
  if (language !== undefined) return neverMatching("unsupported", reportLanguage(context, text, language));
  const compiled = attempt(() => {
    const tree = context.syntax.testsTreeOf(text.text, scope);
    return compileUnaryTestsTree(text.text, tree, scope, { inputType, types: context.types });
  });
  reportAll(context, site, compiled.diagnostics);
  if (!("evaluate" in compiled)) {
    return neverMatching("not-compiled", compiled.diagnostics[0]?.message ?? "the cell cannot be compiled");
  }
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

/** Compiles a list of allowed values to a test of one value; nothing where everything is allowed. */
export function compileConstraint(
  context: TextContext,
  text: FeelText,
  type: FeelType,
): AllowedValues | undefined {
  const tests = compileTests(context, text, type, {});
  if (tests.isAny) return undefined;
  const { limits } = context;
  const constraint = (value: FeelValue): boolean => tests.matches({}, value, new DmnRun(undefined, limits));
  return { constraint, set: tests.set, listed: tests.listed };
}

function attempt<T extends object>(compileIt: () => T): T | { readonly diagnostics: readonly Diagnostic[] } {
  try {
    return compileIt();
  } catch (error) {
    if (error instanceof FeelSyntaxError) return { diagnostics: error.diagnostics };
    throw error;
  }
}

function reportAll({ log, names }: TextContext, site: Site, diagnostics: readonly Diagnostic[]): void {
  for (const { severity, code, message, from, expected, suggestion } of diagnostics) {
    const [, name = ""] = code === "unknown-name" ? (/`(.+)`/.exec(message) ?? []) : [];
    const meant = names.has(name)
      ? `an arrow from it: "${name}" is in the model, but not required here`
      : suggestion && `did you mean "${suggestion}"?`;
    const hint = names.has(name) ? meant : [meant, expected].filter(Boolean).join(" ");
    log.add({ ...site, index: from }, "expression", message, { severity, ...(hint && { expected: hint }) });
  }
}

/** A name, a path, a number or a text: the same in all these languages. */
const PLAIN = /^(?:[\w.]*|"[^"\\]*")$/;

/** The language that the text is in, where that is not FEEL. Engines for JUEL read `${...}` whatever is declared. */
function otherLanguage(context: TextContext, { text, expressionLanguage }: FeelText): string | undefined {
  if (/^\s*[$#]\{/.test(text)) return "juel";
  const declared = expressionLanguage ?? context.language;
  return isFeel(declared) || PLAIN.test(text.trim()) ? undefined : declared;
}

function reportLanguage(context: TextContext, text: FeelText, language: string): string {
  const message = `expressions in "${language}" are not supported: only FEEL is`;
  const expected = context.syntax.feelFor?.(text.text);
  context.log.add(siteOf(context, text.xml), "unsupported", message, optional("expected", expected));
  return message;
}
