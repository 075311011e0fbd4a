import { ANY, type FeelType, type FeelValue } from "../../feel/index.ts";
import { type BoxContext, siteOfElement } from "../compile/boxed.ts";
import {
  type CompiledPart,
  type CompiledTests,
  compileTests,
  compileText,
  type ScopeTypes,
  siteOf,
  typedPart,
} from "../compile/feel-text.ts";
import type { ItemType } from "../compile/item-types.ts";
import type { DecisionTable, FeelText } from "../model/types.ts";
import type { DmnRun, Scope, Site } from "../run.ts";
import { analyseTable } from "./analyse.ts";
import { compileHitPolicy } from "./compile-hit-policy.ts";
import { compileOutputs, type TableOutputs } from "./compile-outputs.ts";
import { buildRowMatcher, type RowMatcher } from "./row-matcher.ts";

/** One input column: its value, checked against its type and its input values. */
export interface CompiledInput {
  readonly text: string;
  readonly type: FeelType;
  readonly evaluate: (scope: Scope, run: DmnRun) => FeelValue;
  /** The declared input values; undefined when every value is welcome. */
  readonly allowed: CompiledTests | undefined;
}

/** A decision table, compiled: what the hit policies need. */
export interface TableProgram {
  readonly table: DecisionTable;
  readonly decision: string;
  readonly inputs: readonly CompiledInput[];
  readonly cells: readonly (readonly CompiledTests[])[];
  readonly outputs: TableOutputs;
  readonly matcher: RowMatcher;
  readonly site: Site;
}

/** Compiles a decision table (DMN 1.5, 8): inputs, cells, outputs, index, hit policy; and looks for its flaws. */
export function compileTable(context: BoxContext, table: DecisionTable, scope: ScopeTypes): CompiledPart {
  const inputs = table.inputs.map((input) => {
    const part = compileText(context, input.expression, scope, context.element);
    const declared = context.itemTypes.of(input.expression);
    return compileInput(context, input.expression, part, declared, input.values, scope);
  });
  const cells = table.rules.map((rule) =>
    rule.inputEntries.map((entry, column) =>
      compileTests(context, entry, inputs[column]?.type ?? ANY, scope, context.element),
    ),
  );
  const outputs = compileOutputs(context, table, scope);
  const program: TableProgram = {
    table,
    decision: context.element,
    inputs,
    cells,
    outputs,
    matcher: buildRowMatcher(cells, inputs.length, context.limits.maxIndexBytes),
    site: siteOfElement(context, table.xml),
  };
  analyseTable(context, program);
  return compileHitPolicy(context, program);
}

function compileInput(
  context: BoxContext,
  text: FeelText,
  part: CompiledPart,
  declared: ItemType,
  values: FeelText | undefined,
  scope: ScopeTypes,
): CompiledInput {
  const site = siteOf(context, text, context.element);
  const typed = typedPart(part, declared, site);
  const allowed = values && compileTests(context, values, typed.type, scope, context.element);
  const evaluate = typed.evaluate;
  return {
    text: text.text.trim(),
    type: typed.type,
    evaluate,
    allowed: allowed?.isAny ? undefined : allowed,
  };
}
