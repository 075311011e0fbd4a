import { testsTreeOf, treeOf } from "#feel/index.ts";
import { type CompiledModel, compileDefinitions } from "./compile-definitions.ts";
import { type DmnSource, readAll } from "./read-all.ts";
import { DEFAULT_DMN_LIMITS, type DmnLimits } from "./source/limits.ts";
import { optional } from "./source/optional.ts";
import { analyseTable } from "./table/analyse.ts";
import { DiagnosticLog } from "./text/diagnostic-log.ts";
import { feelFor } from "./text/feel-for.ts";
import type { Syntax } from "./text/syntax.ts";

export interface CompileModelOptions {
  /** Name of the file in messages, when only text is given. */
  readonly file?: string;
  /** Namespace of the model whose elements are offered, among several; the first file's by default. */
  readonly main?: string;
  readonly limits?: Partial<DmnLimits>;
  /** Whether tables are looked at for gaps and overlaps (the default); not needed for models that were checked. */
  readonly analyse?: boolean;
}

/** Trees made when they are asked for. */
export const GRAMMAR: Syntax = { treeOf, testsTreeOf, feelFor };

/**
 * Compiles models of DMN 1.1 to 1.5 to callable decisions.
 * @param sources the XML of one model, or several files that import each other, the main one first
 */
export function compileModel(
  sources: string | readonly DmnSource[],
  options: CompileModelOptions = {},
): CompiledModel {
  const limits: DmnLimits = { ...DEFAULT_DMN_LIMITS, ...options.limits };
  const log = new DiagnosticLog();
  const files =
    typeof sources === "string" ? [{ text: sources, ...optional("file", options.file) }] : sources;
  return compileDefinitions(readAll(files, limits, log), {
    syntax: GRAMMAR,
    limits,
    log,
    ...optional("main", options.main),
    ...((options.analyse ?? true) && { analyse: analyseTable }),
  });
}
