import { type CompiledExpression, compileTree } from "#feel/index.ts";
import { once } from "#kernel/once.ts";
import type { CompiledPlaybook, ConditionInTime } from "../model/compiled.ts";
import type { DataModel } from "../model/data-model.ts";
import { movesWithTime, timeTerms } from "./reads-now.ts";
import type { RuleSetting, RuleSource } from "./rule-source.ts";

/** Names of the computed traits that change by time alone. */
export const windowedIn = ({ computed }: Pick<DataModel, "computed">): ReadonlySet<string> =>
  new Set(computed.flatMap(({ name, windowMs }) => (windowMs === undefined ? [] : [name])));

type Source = Pick<RuleSource, "treeOf"> & { readonly windowed: ReadonlySet<string> };

/** The day of a trigger, with what of the customer it depends on. */
export const momentRule = (
  rule: CompiledExpression,
  setting: RuleSetting,
  { treeOf, windowed }: Source,
): NonNullable<CompiledPlaybook["triggers"][number]["moment"]> => ({
  rule,
  fields: once(() => timeTerms(treeOf(rule.text, setting), windowed).fields),
});

/** How a condition changes by time alone, worked out when first asked for; null: it does not. */
export const conditionInTime = (
  rule: CompiledExpression,
  setting: RuleSetting,
  { treeOf, windowed }: Source,
): (() => ConditionInTime | null) =>
  once(() => {
    const terms = timeTerms(treeOf(rule.text, setting), windowed);
    if (!movesWithTime(terms)) return null;
    const { crossings, grid, windows, fields } = terms;
    const compiled = crossings.map((node) => compileTree(rule.text, node, setting.scope));
    return { text: rule.text, rule, crossings: compiled, grid, windows, fields };
  });
