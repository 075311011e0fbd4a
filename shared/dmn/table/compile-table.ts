import type { FeelType, Scope } from "#feel/index.ts";
import type { DecisionTable, FeelText, InputClause } from "../model/types.ts";
import { siteOf } from "../run/site.ts";
import { type CompiledPart, type CompiledTests, type DirectTable, typedPart } from "../text/compiled.ts";
import type { LogicContext } from "../text/context.ts";
import { compileTests, compileText, siteOfText } from "../text/feel-text.ts";
import { compileHitPolicy } from "./compile-hit-policy.ts";
import { compileOutputs } from "./compile-outputs.ts";
import { buildDirectTable, type DirectInput } from "./direct-table.ts";
import { isMultiHit } from "./hit-policy.ts";
import type { BoxContext, CompiledInput, TableProgram } from "./program.ts";
import { type ColumnIndex, indexColumn } from "./row-index.ts";
import { buildRowMatcher } from "./row-matcher.ts";

/** Compiles a decision table (DMN 1.5, 8): inputs, cells, outputs, index, hit policy; and looks for its flaws. */
export function compileTable(context: BoxContext, table: DecisionTable, scope: Scope): CompiledPart {
  const inputs = table.inputs.map((input) => compileInput(context, input, scope));
  const columns = inputs.map(({ type }) => cellCompiler(context, type, scope));
  const cells = table.rules.map((rule) =>
    rule.inputEntries.flatMap((entry, column) => columns[column]?.(entry) ?? []),
  );
  inputs.forEach(({ text }, column) => {
    if (text !== "" || cells.every((row) => row[column]?.isAny)) return;
    const hint = { expected: "what its cells are about, such as age" };
    context.log.add(
      siteOf(context, table.inputs[column]?.xml),
      "table",
      "the column has no expression",
      hint,
    );
  });
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
    direct: compileDirect({ table, inputs, cells, outputs }, indexes),
    site: siteOf(context, table.xml),
  };
  context.analyse?.(context, program);
  return compileHitPolicy(context, program);
}

/** Compiles the cells of a column; cells of the same literals, of which large tables have many, share the result. */
function cellCompiler(
  context: LogicContext,
  type: FeelType,
  scope: Scope,
): (entry: FeelText) => CompiledTests {
  const shared = new Map<string, CompiledTests>();
  return (entry) => {
    const known = entry.expressionLanguage === undefined ? shared.get(entry.text) : undefined;
    if (known !== undefined) return known;
    const findings = context.log.found.length;
    const tests = compileTests(context, entry, type, scope);
    // What is wrong with a cell is told at each of its places.
    if (tests.set !== undefined && context.log.found.length === findings) shared.set(entry.text, tests);
    return tests;
  };
}

/** The policies under which one matching row decides have a short way. */
function compileDirect(
  { table, inputs, cells, outputs }: Pick<TableProgram, "table" | "inputs" | "cells" | "outputs">,
  indexes: readonly (ColumnIndex | undefined)[],
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

function compileInput(context: LogicContext, input: InputClause, scope: Scope): CompiledInput {
  const { expression, values } = input;
  const part = compileText(context, expression, scope);
  const declared = context.itemTypes.of(expression);
  const typed = typedPart(part, declared, siteOfText(context, expression));
  const allowed = values && compileTests(context, values, typed.type, scope);
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
  const text = expression.text.trim();
  return { text, type: typed.type, evaluate: typed.evaluate, allowed: tested, direct };
}
