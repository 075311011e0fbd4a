import type { FeelInput, FeelType, FeelValue, Scope } from "#feel/index.ts";
import { type BoxContext, siteOfElement } from "../compile/boxed.ts";
import {
  type CompiledPart,
  type CompiledTests,
  compileTests,
  compileText,
  siteOf,
  typedPart,
} from "../compile/feel-text.ts";
import type { ItemType } from "../compile/item-types.ts";
import type { DecisionTable, FeelText } from "../model/types.ts";
import type { DmnRun, Site } from "../run.ts";
import { compileHitPolicy } from "./compile-hit-policy.ts";
import { compileOutputs, type TableOutputs } from "./compile-outputs.ts";
import { buildDirectTable, type DirectInput, type DirectTable } from "./direct-table.ts";
import { isMultiHit } from "./hit-policy.ts";
import { type ColumnIndex, indexColumn } from "./row-index.ts";
import { buildRowMatcher, type RowMatcher } from "./row-matcher.ts";

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

/** Compiles a decision table (DMN 1.5, 8): inputs, cells, outputs, index, hit policy; and looks for its flaws. */
export function compileTable(context: BoxContext, table: DecisionTable, scope: Scope): CompiledPart {
  const inputs = table.inputs.map((input) => {
    const part = compileText(context, input.expression, scope, context.element);
    const declared = context.itemTypes.of(input.expression);
    return compileInput(context, input.expression, part, declared, input.values, scope);
  });
  const columns = inputs.map(({ type }) => cellCompiler(context, type, scope));
  const cells = table.rules.map((rule) =>
    rule.inputEntries.flatMap((entry, column) => columns[column]?.(entry) ?? []),
  );
  const outputs = compileOutputs(context, table, scope);
  const indexes = inputs.map((_, column) =>
    indexColumn(
      cells.map((row) => row[column]),
      context.limits.maxIndexBytes,
    ),
  );
  const program: TableProgram = {
    table,
    decision: context.element,
    inputs,
    cells,
    outputs,
    matcher: buildRowMatcher(cells, indexes),
    direct: compileDirect(table, inputs, cells, indexes, outputs),
    site: siteOfElement(context, table.xml),
  };
  context.analyse?.(context, program);
  return compileHitPolicy(context, program);
}

/** Compiles the cells of a column; cells of the same literals, of which large tables have many, share the result. */
function cellCompiler(context: BoxContext, type: FeelType, scope: Scope): (entry: FeelText) => CompiledTests {
  const shared = new Map<string, CompiledTests>();
  return (entry) => {
    const known = entry.expressionLanguage === undefined ? shared.get(entry.text) : undefined;
    if (known !== undefined) return known;
    const findings = context.log.found.length;
    const tests = compileTests(context, entry, type, scope, context.element);
    // What is wrong with a cell is told at each of its places.
    if (tests.set !== undefined && context.log.found.length === findings) shared.set(entry.text, tests);
    return tests;
  };
}

/** The policies under which one matching row decides have a short way. */
function compileDirect(
  table: DecisionTable,
  inputs: readonly CompiledInput[],
  cells: readonly (readonly CompiledTests[])[],
  indexes: readonly (ColumnIndex | undefined)[],
  outputs: TableOutputs,
): DirectTable | undefined {
  const { hitPolicy } = table;
  if (isMultiHit(hitPolicy)) return undefined;
  const none = outputs.byDefault === undefined ? null : outputs.knownDefault;
  const direct = { rows: outputs.known, none, firstWins: hitPolicy === "FIRST" };
  return buildDirectTable(
    cells,
    indexes,
    inputs.map((input) => input.direct),
    direct,
  );
}

function compileInput(
  context: BoxContext,
  text: FeelText,
  part: CompiledPart,
  declared: ItemType,
  values: FeelText | undefined,
  scope: Scope,
): CompiledInput {
  const site = siteOf(context, text, context.element);
  const typed = typedPart(part, declared, site);
  const allowed = values && compileTests(context, values, typed.type, scope, context.element);
  const tested = allowed?.isAny ? undefined : allowed;
  const [name = "", ...entries] = part.path ?? [];
  const given = entries.length === 0 ? context.inputItems.get(name) : undefined;
  // A parameter or an entry of a context may hide the input of that name.
  const ofName = given === context.items.get(name) ? given : undefined;
  const direct: DirectInput = {
    path: part.path,
    declared: ofName === undefined ? [declared] : [declared, ofName],
    allowed: tested,
  };
  return { text: text.text.trim(), type: typed.type, evaluate: typed.evaluate, allowed: tested, direct };
}
