import {
  ANY,
  coerce,
  contextOf,
  type FeelInput,
  type FeelType,
  type FeelValue,
  isContext,
  NULL,
  newContext,
  normalizeSpelling,
  type Scope,
  showValue,
  typeName,
  unionType,
} from "#feel/index.ts";
import type { DecisionTable, FeelText, OutputClause } from "../model/types.ts";
import type { DmnRun } from "../run/run.ts";
import { siteOf } from "../run/site.ts";
import { type CompiledPart, typedPart } from "../text/compiled.ts";
import type { LogicContext } from "../text/context.ts";
import { compileConstraint, compileText, siteOfText } from "../text/feel-text.ts";
import { bindAll } from "../text/scope.ts";
import { type AllowedValues, allows, type ItemType } from "../types/item-types.ts";
import { priorityOf } from "./hit-policy.ts";

/** The outputs of a table: of each row, and of no row. */
export interface TableOutputs {
  readonly type: FeelType;
  /** The output of a row: a value, or a context of values when the table has several outputs. */
  readonly row: (index: number, scope: FeelInput, run: DmnRun) => FeelValue;
  /** For each row its output if that is constant. */
  readonly known: readonly (FeelValue | undefined)[];
  /** What applies when no row matches, if that is constant. */
  readonly knownDefault: FeelValue | undefined;
  /** What applies when no row matches; undefined when no output has a default. */
  readonly byDefault: ((scope: FeelInput, run: DmnRun) => FeelValue) | undefined;
  /** The places of an output's values in the lists of output values, for the policies that order by them. */
  readonly priorities: (output: FeelValue) => number[];
  /** Whether any output lists its values: without one there is no order. */
  readonly hasPriorities: boolean;
}

/** What an output has to be. */
interface CheckedColumn {
  readonly item: ItemType;
  /** The output values of its own. */
  readonly own: AllowedValues | undefined;
  /** Output values in decreasing order of priority. */
  readonly listed: readonly FeelValue[];
}

interface OutputColumn extends CheckedColumn {
  readonly name: string;
  readonly defaultPart: CompiledPart | undefined;
}

/** Compiles the output cells and default outputs of a table, checking those that are constant. */
export function compileOutputs(context: LogicContext, table: DecisionTable, scope: Scope): TableOutputs {
  const columns = table.outputs.map((output) => compileColumn(context, table, output, scope));
  const parts = table.rules.map((rule) =>
    rule.outputEntries.map((entry, index) => outputPart(context, entry, columns[index], scope)),
  );
  const names = columns.map(({ name }) => name);
  const known = parts.map((row) => knownRow(row, names));
  const defaults = columns.map(({ defaultPart }) => defaultPart);
  return {
    type: typeOfRows(parts, columns),
    known,
    knownDefault: defaults.every((part) => part !== undefined) ? knownRow(defaults, names) : undefined,
    row: (index, scopeValues, run) => {
      const value = known[index];
      return value === undefined ? rowValue(parts[index] ?? [], names, scopeValues, run) : value;
    },
    byDefault: defaults.every((part) => part === undefined)
      ? undefined
      : (scopeValues, run) => rowValue(defaults, names, scopeValues, run),
    priorities: (output) => prioritiesOf(output, columns),
    hasPriorities: columns.some(({ listed }) => listed.length > 0),
  };
}

function compileColumn(
  context: LogicContext,
  table: DecisionTable,
  output: OutputClause,
  scope: Scope,
): OutputColumn {
  const name = nameOf(output);
  const isNamed = name !== "" && table.outputs.find((other) => nameOf(other) === name) === output;
  if (table.outputs.length > 1 && !isNamed) {
    const message = "each output of a table with several outputs needs a name of its own";
    context.log.add(siteOf(context, output.xml), "structure", message);
  }
  const item = context.itemTypes.of(output);
  // Without output values of its own, an output has those of its type.
  const { values, defaultEntry } = output;
  const own = values && compileConstraint(context, values, item.type);
  const column = { item, own, listed: own?.listed ?? item.listed ?? [] };
  const defaultPart = defaultEntry && outputPart(context, defaultEntry, column, scope);
  return { name, ...column, defaultPart };
}

const nameOf = ({ name = "" }: OutputClause): string => normalizeSpelling(name);

function outputPart(
  context: LogicContext,
  entry: FeelText,
  column: CheckedColumn | undefined,
  scope: Scope,
): CompiledPart {
  if (entry.text.trim() === "" || entry.text.trim() === "-") {
    return { type: NULL, evaluate: () => null, constant: { value: null } };
  }
  const part = compileText(context, entry, scope);
  if (column === undefined) return part;
  checkConstant(context, entry, part, column);
  return typedPart(part, column.item, siteOfText(context, entry));
}

/** An output that stands in its cell is looked at before anybody is answered with it. */
function checkConstant(
  context: LogicContext,
  entry: FeelText,
  { constant }: CompiledPart,
  { item, own, listed }: CheckedColumn,
): void {
  if (constant === undefined || constant.value === null) return;
  const value = coerce(constant.value, item.type);
  if (value !== undefined && allows(item.constraint, value) && allows(own?.constraint, value)) return;
  const expected = value === undefined ? `a ${typeName(item.type)}` : listed.map(showValue).join(" or ");
  const hint = expected && `, expected ${expected}`;
  const message = `${showValue(constant.value)} is no output of this column${hint}`;
  context.log.add(siteOfText(context, entry), "table", message, { severity: "warning" });
}

/** The output of a row made of constants: one frozen value shared by all evaluations. */
function knownRow(row: readonly CompiledPart[], names: readonly string[]): FeelValue | undefined {
  if (!row.every((part) => part.constant !== undefined)) return undefined;
  const values = row.map((part) => part.constant?.value ?? null);
  if (names.length === 1) return values[0] ?? null;
  return Object.freeze(bindAll(newContext(), names, values));
}

/** The output of a row: the value of the only output, or a context of the values of all. */
function rowValue(
  row: readonly (CompiledPart | undefined)[],
  names: readonly string[],
  scope: FeelInput,
  run: DmnRun,
): FeelValue {
  if (names.length === 1) return row[0]?.evaluate(scope, run) ?? null;
  const values = row.map((part) => part?.evaluate(scope, run) ?? null);
  return bindAll(newContext(), names, values);
}

function prioritiesOf(output: FeelValue, columns: readonly OutputColumn[]): number[] {
  return columns
    .filter(({ listed }) => listed.length > 0)
    .map(({ name, listed }) => {
      const value = columns.length === 1 || !isContext(output) ? output : (output[name] ?? null);
      return priorityOf(value, listed);
    });
}

function typeOfRows(parts: readonly (readonly CompiledPart[])[], columns: readonly OutputColumn[]): FeelType {
  const types = columns.map(({ item, defaultPart }, index) => {
    if (item.type.kind !== "any") return item.type;
    const rows = parts.map((row) => row[index]?.type ?? ANY);
    return [...rows, defaultPart?.type ?? NULL].reduce(unionType, NULL);
  });
  if (types.length === 1) return types[0] ?? ANY;
  return contextOf(Object.fromEntries(columns.map(({ name }, index) => [name, types[index] ?? ANY])));
}
