import { isInheritedName } from "#feel/index.ts";
import type { CompiledTests, DirectTable } from "../text/compiled.ts";
import { type CellSet, domainOfType } from "../types/cell-set.ts";
import type { ItemType } from "../types/item-types.ts";
import { type DirectColumn, type DirectOutputs, generateMatcher } from "./generate-matcher.ts";
import { type ColumnIndex, isIrrelevant } from "./row-index.ts";
import type { CellRows } from "./row-matcher.ts";

/** What is known of one input of the table. */
export interface DirectInput {
  readonly path: readonly string[] | undefined;
  /** The declared types that its value passes: of the name in scope and of the input expression. */
  readonly declared: readonly ItemType[];
  readonly allowed: CompiledTests | undefined;
}

/** Builds the short way; undefined where the table has no use for one. */
export function buildDirectTable(
  cells: CellRows,
  indexes: readonly (ColumnIndex | undefined)[],
  inputs: readonly DirectInput[],
  outputs: DirectOutputs,
): DirectTable | undefined {
  if (cells.length === 0 || inputs.length === 0 || outputs.rows.every((row) => row === undefined))
    return undefined;
  const openRows = new Set<number>();
  const columns: DirectColumn[] = [];
  for (const [index, input] of inputs.entries()) {
    const column = directColumn(
      cells.map((row) => row[index]),
      indexes[index],
      input,
    );
    if (column === undefined) return undefined;
    if (column === "irrelevant") continue;
    columns.push(column);
    column.sets.forEach((set, row) => {
      if (set === undefined) openRows.add(row);
    });
  }
  // A row with a cell that only evaluating can answer for, or with a computed output, takes the long way.
  const rows = outputs.rows.map((value, row) => (openRows.has(row) ? undefined : value));
  const match = generateMatcher(columns, { ...outputs, rows });
  return match && { match, readsEntries: columns.some((column) => column.path.length > 1) };
}

function directColumn(
  cells: readonly (CompiledTests | undefined)[],
  index: ColumnIndex | undefined,
  { path, declared, allowed }: DirectInput,
): DirectColumn | "irrelevant" | undefined {
  if (path === undefined || path.length > 2 || path.some(isUnsafeName)) return undefined;
  const isChecked = allowed !== undefined || declared.some(({ constraint }) => constraint !== undefined);
  if (!isChecked && isIrrelevant(cells)) return "irrelevant";
  if (index === undefined) return undefined;
  // A value of the column's kind must be what its declared types want, or conversions would be skipped.
  if (!declared.every(({ type }) => type.kind === "any" || domainOfType(type) === index.domain))
    return undefined;
  return { ...index, path, doubtful: doubtfulClasses(index, declared, allowed, isChecked) };
}

function isUnsafeName(name: string): boolean {
  return isInheritedName(name) || name === "length";
}

/** Only for values that are named in the table can allowed values be checked once for all. */
function doubtfulClasses(
  { classes, sets }: ColumnIndex,
  declared: readonly ItemType[],
  allowed: CompiledTests | undefined,
  isChecked: boolean,
): ReadonlySet<number> {
  const doubtful = new Set<number>();
  if (!isChecked) return doubtful;
  for (let index = 0; index < classes.size; index += 1) doubtful.add(index);
  // Null passes every type, but not every list of input values.
  if (allowed !== undefined) doubtful.add(classes.size);
  for (const cell of sets) {
    if (cell?.kind !== "listed") continue;
    for (const value of cell.values) {
      const passes =
        declared.every(({ constraint }) => constraint === undefined || constraint(value)) &&
        (allowed?.set === undefined ? allowed === undefined : isIn(allowed.set, value));
      if (passes) doubtful.delete(classes.classOf(value));
    }
  }
  return doubtful;
}

function isIn(set: CellSet, value: string | boolean): boolean {
  return set.kind === "listed" && set.values.has(value) !== set.complement;
}
