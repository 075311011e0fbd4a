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
import { type BoxContext, siteOfElement } from "../compile/boxed.ts";
import { type CompiledPart, compileText, typedPart } from "../compile/feel-text.ts";
import { type AllowedValues, allows, type ItemType } from "../compile/item-types.ts";
import { bindAll } from "../compile/scope.ts";
import { compileConstraint } from "../compile/unit.ts";
import type { DecisionTable, FeelText, OutputClause } from "../model/types.ts";
import type { DmnRun } from "../run.ts";
import { priorityOf } from "./hit-policy.ts";

/** The outputs of a table: of each row, and of no row. */
export interface TableOutputs {
  readonly type: FeelType;
  /** The output of a row: a value, or a context of values when the table has several outputs. */
  readonly row: (index: number, scope: FeelInput, run: DmnRun) => FeelValue;
  /** The outputs of the rows that are constant, and the default if it is. */
  readonly known: readonly (FeelValue | undefined)[];
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

export function compileOutputs(context: BoxContext, table: DecisionTable, scope: Scope): TableOutputs {
  const columns = table.outputs.map((output) => compileColumn(context, table, output, scope));
  const single = columns.length === 1;
  const parts = table.rules.map((rule) =>
    rule.outputEntries.map((entry, index) => outputPart(context, entry, columns[index], scope)),
  );
  const names = columns.map(({ name }) => name);
  const known = parts.map((row) => knownRow(row, names, single));
  const defaults = columns.map(({ defaultPart }) => defaultPart);
  return {
    type: typeOfRows(parts, columns, single),
    known,
    knownDefault: defaults.every((part) => part !== undefined)
      ? knownRow(defaults, names, single)
      : undefined,
    row: (index, scopeValues, run) => {
      const value = known[index];
      return value === undefined ? rowValue(parts[index] ?? [], names, single, scopeValues, run) : value;
    },
    byDefault: defaults.every((part) => part === undefined)
      ? undefined
      : (scopeValues, run) => rowValue(defaults, names, single, scopeValues, run),
    priorities: (output) => prioritiesOf(output, columns, single),
    hasPriorities: columns.some(({ listed }) => listed.length > 0),
  };
}

function compileColumn(
  context: BoxContext,
  table: DecisionTable,
  output: OutputClause,
  scope: Scope,
): OutputColumn {
  const name = nameOf(output);
  const isNamed = name !== "" && table.outputs.find((other) => nameOf(other) === name) === output;
  if (table.outputs.length > 1 && !isNamed) {
    const message = "each output of a table with several outputs needs a name of its own";
    context.log.add(context, output.xml, "structure", message);
  }
  const item = context.itemTypes.of(output);
  // Without output values of its own, an output has those of its type.
  const { values, defaultEntry } = output;
  const own = values && compileConstraint(context, values, item.type, context.element, context.limits);
  const column = { item, own, listed: own?.listed ?? item.listed ?? [] };
  const defaultPart = defaultEntry && outputPart(context, defaultEntry, column, scope);
  return { name, ...column, defaultPart };
}

const nameOf = ({ name = "" }: OutputClause): string => normalizeSpelling(name);

function outputPart(
  context: BoxContext,
  entry: FeelText,
  column: CheckedColumn | undefined,
  scope: Scope,
): CompiledPart {
  if (entry.text.trim() === "" || entry.text.trim() === "-") {
    return { type: NULL, evaluate: () => null, constant: { value: null } };
  }
  const part = compileText(context, entry, scope, context.element);
  if (column === undefined) return part;
  checkConstant(context, entry, part, column);
  return typedPart(part, column.item, siteOfElement(context, entry.textXml ?? entry.xml));
}

/** An output that stands in its cell is looked at before anybody is answered with it. */
function checkConstant(
  context: BoxContext,
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
  context.log.add(context, entry.textXml ?? entry.xml, "table", message, { severity: "warning" });
}

/** The output of a row made of constants: one frozen value shared by all evaluations. */
function knownRow(
  row: readonly CompiledPart[],
  names: readonly string[],
  single: boolean,
): FeelValue | undefined {
  if (!row.every((part) => part.constant !== undefined)) return undefined;
  const values = row.map((part) => part.constant?.value ?? null);
  if (single) return values[0] ?? null;
  return Object.freeze(bindAll(newContext(), names, values));
}

function rowValue(
  row: readonly (CompiledPart | undefined)[],
  names: readonly string[],
  single: boolean,
  scope: FeelInput,
  run: DmnRun,
): FeelValue {
  if (single) return row[0]?.evaluate(scope, run) ?? null;
  const values = row.map((part) => part?.evaluate(scope, run) ?? null);
  return bindAll(newContext(), names, values);
}

function prioritiesOf(output: FeelValue, columns: readonly OutputColumn[], single: boolean): number[] {
  return columns
    .filter(({ listed }) => listed.length > 0)
    .map(({ name, listed }) => {
      const value = single || !isContext(output) ? output : (output[name] ?? null);
      return priorityOf(value, listed);
    });
}

function typeOfRows(
  parts: readonly (readonly CompiledPart[])[],
  columns: readonly OutputColumn[],
  single: boolean,
): FeelType {
  const types = columns.map(({ item, defaultPart }, index) => {
    if (item.type.kind !== "any") return item.type;
    const rows = parts.map((row) => row[index]?.type ?? ANY);
    return [...rows, defaultPart?.type ?? NULL].reduce(unionType, NULL);
  });
  if (single) return types[0] ?? ANY;
  return contextOf(Object.fromEntries(columns.map(({ name }, index) => [name, types[index] ?? ANY])));
}
