import type { FeelInput, FeelType, FeelValue } from "#feel/index.ts";
import type { DecisionTable } from "../model/types.ts";
import type { DmnRun } from "../run/run.ts";
import type { Site } from "../run/site.ts";
import type { CompiledTests, DirectTable } from "../text/compiled.ts";
import type { LogicContext } from "../text/context.ts";
import type { TableOutputs } from "./compile-outputs.ts";
import type { DirectInput } from "./direct-table.ts";
import type { RowMatcher } from "./row-matcher.ts";

/** One input column: its value, checked against its type and its input values. */
export interface CompiledInput {
  readonly text: string;
  readonly type: FeelType;
  readonly evaluate: (scope: FeelInput, run: DmnRun) => FeelValue;
  /** The declared input values; undefined when every value is welcome. */
  readonly allowed: CompiledTests | undefined;
  readonly direct: DirectInput;
}

/** A decision table, compiled: what the hit policies need. */
export interface TableProgram {
  readonly table: DecisionTable;
  readonly decision: string;
  readonly inputs: readonly CompiledInput[];
  readonly cells: readonly (readonly CompiledTests[])[];
  readonly outputs: TableOutputs;
  readonly matcher: RowMatcher;
  readonly direct: DirectTable | undefined;
  readonly site: Site;
}

/** Looks at a table for gaps and overlaps, and reports them. */
export type AnalyseTable = (context: LogicContext, program: TableProgram) => void;

/** What compiling a boxed expression, tables included, needs to know everywhere. */
export interface BoxContext extends LogicContext {
  /** Undefined where nobody wants tables looked at. */
  readonly analyse: AnalyseTable | undefined;
}
