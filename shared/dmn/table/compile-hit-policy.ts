import {
  ANY,
  type CompiledExpression,
  compileTree,
  type FeelInput,
  type FeelValue,
  listOf,
  NUMBER,
  type SyntaxTree,
  showValue,
} from "#feel/index.ts";
import type { Aggregation, DecisionTable } from "../model/types.ts";
import type { DmnRun } from "../run/run.ts";
import { optional } from "../source/optional.ts";
import type { CompiledPart } from "../text/compiled.ts";
import type { LogicContext } from "../text/context.ts";
import { allSame, comparePriorities, isMultiHit } from "./hit-policy.ts";
import type { TableProgram } from "./program.ts";

/** What a hit policy makes of the matching rows, of which there is at least one. */
type Choose = (rows: readonly number[], scope: FeelInput, run: DmnRun) => FeelValue;

/** Makes the table's program callable under its hit policy (DMN 1.5, 8.2.11). */
export function compileHitPolicy(context: LogicContext, program: TableProgram): CompiledPart {
  const { table, outputs, inputs, matcher, site } = program;
  const choose = chooser(context, program);
  const isList = isMultiHit(table.hitPolicy);
  const aggregation = aggregationOf(table);
  const nothing = outputs.byDefault ?? noMatch(program);
  const most = table.hitPolicy === "FIRST" ? 1 : table.hitPolicy === "UNIQUE" ? 2 : table.rules.length;
  const columns = inputs.length;
  return {
    type: aggregation === "COUNT" ? NUMBER : isList && !aggregation ? listOf(outputs.type) : outputs.type,
    ...shortWay(program),
    evaluate: (scope, run) => {
      const short = run.trace === undefined ? program.direct?.match(scope) : undefined;
      if (short !== undefined) return short;
      const values: FeelValue[] = [];
      for (let column = 0; column < columns; column += 1) {
        const input = inputs[column];
        if (input === undefined) continue;
        const value = input.evaluate(scope, run);
        if (input.allowed !== undefined && !input.allowed.matches(scope, value, run)) {
          const message = `${showValue(value)} is not among the input values of "${input.text}"`;
          return run.warn("allowed-values", message, site);
        }
        values.push(value);
      }
      const rows = matcher.all(values, scope, run, most);
      if (run.trace !== undefined) traceTable(program, values, rows, run);
      return rows.length === 0 ? nothing(scope, run) : choose(rows, scope, run);
    },
  };
}

/** The short way can be offered to others if it yields values that are known beforehand, so that they can be checked. */
function shortWay({ direct, outputs }: TableProgram): Pick<CompiledPart, "direct" | "values"> {
  const rows = outputs.known.filter((value) => value !== undefined);
  if (direct === undefined || rows.length < outputs.known.length) return {};
  if (outputs.byDefault !== undefined && outputs.knownDefault === undefined) return {};
  return { direct, values: [...rows, outputs.knownDefault ?? null] };
}

/** No row and no default: an empty list of hits, a count of zero, else null. */
function noMatch(program: TableProgram): (scope: FeelInput, run: DmnRun) => FeelValue {
  const aggregation = aggregationOf(program.table);
  if (aggregation === "COUNT") return () => 0;
  return isMultiHit(program.table.hitPolicy) && !aggregation ? () => [] : () => null;
}

/** Of a table that collects; beside another hit policy an aggregation means nothing (DMN 1.5, 8.2.11). */
function aggregationOf({ hitPolicy, aggregation }: DecisionTable): Aggregation | undefined {
  return hitPolicy === "COLLECT" ? aggregation : undefined;
}

function chooser(context: LogicContext, program: TableProgram): Choose {
  const { table, outputs, site } = program;
  const all: Choose = (rows, scope, run) => rows.map((row) => outputs.row(row, scope, run));
  switch (table.hitPolicy) {
    case "FIRST":
      return ([row = -1], scope, run) => outputs.row(row, scope, run);
    case "UNIQUE":
      return (rows, scope, run) => {
        const [row = -1] = rows;
        if (rows.length === 1) return outputs.row(row, scope, run);
        const message = `rows ${rows.map((index) => index + 1).join(" and ")} both match in a table with hit policy UNIQUE`;
        return run.warn("hit-policy", message, site);
      };
    case "ANY":
      return (rows, scope, run) => {
        const values = rows.map((row) => outputs.row(row, scope, run));
        if (allSame(values)) return values[0] ?? null;
        const message = `rows ${rows.map((index) => index + 1).join(", ")} match with different outputs (hit policy ANY)`;
        return run.warn("hit-policy", message, site);
      };
    case "PRIORITY":
      checkPriorities(context, program);
      return (rows, scope, run) => byPriority(program, rows, scope, run)[0] ?? null;
    case "OUTPUT ORDER":
      checkPriorities(context, program);
      return (rows, scope, run) => byPriority(program, rows, scope, run);
    case "RULE ORDER":
      return all;
    case "COLLECT":
      return table.aggregation === undefined ? all : aggregate(context, program, table.aggregation, all);
  }
}

function checkPriorities(context: LogicContext, { table, outputs, site }: TableProgram): void {
  if (outputs.hasPriorities) return;
  const message = `hit policy ${table.hitPolicy} needs output values, which give the order of priority`;
  context.log.add(site, "table", message, { severity: "warning" });
}

function byPriority(
  { outputs }: TableProgram,
  rows: readonly number[],
  scope: FeelInput,
  run: DmnRun,
): FeelValue[] {
  return rows
    .map((row) => outputs.row(row, scope, run))
    .map((value) => ({ value, priorities: outputs.priorities(value) }))
    .sort((left, right) => comparePriorities(left.priorities, right.priorities))
    .map(({ value }) => value);
}

/** Aggregation is that of FEEL's list functions of the same names (DMN 1.5, 10.3.4.6), and only defined for a single output. */
function aggregate(
  context: LogicContext,
  program: TableProgram,
  aggregation: Aggregation,
  all: Choose,
): Choose {
  const { table, site } = program;
  if (table.outputs.length > 1 && aggregation !== "COUNT") {
    const message = `${aggregation} is not defined for a table with several outputs`;
    context.log.add(site, "table", message);
    return (_, __, run) => run.warn("hit-policy", message, site);
  }
  const compiled = callOnOutputs(aggregation.toLowerCase());
  return (rows, scope, run) => {
    const outputs = all(rows, scope, run);
    run.site = site;
    return compiled.evaluate({ outputs }, run);
  };
}

/** `sum(outputs)`, written as the tree that the grammar would make of it. */
function callOnOutputs(name: string): CompiledExpression {
  const text = `${name}(outputs)`;
  const span = { from: 0, to: text.length };
  const named = (each: string): SyntaxTree => ({ kind: "name", name: each, ...span });
  const call: SyntaxTree = { kind: "call", callee: named(name), positional: [named("outputs")], ...span };
  return compileTree(text, call, { outputs: listOf(ANY) });
}

function traceTable(
  { table, decision, inputs, site }: TableProgram,
  values: readonly FeelValue[],
  rows: readonly number[],
  run: DmnRun,
): void {
  run.trace?.table({
    file: site.source.file,
    decision,
    ...optional("id", table.id),
    hitPolicy: table.hitPolicy,
    inputs: inputs.map(({ text }, column) => ({ expression: text, value: values[column] ?? null })),
    matchedRows: rows.map((row) => row + 1),
    annotations: rows.flatMap((row) => table.rules[row]?.annotations ?? []),
  });
}
