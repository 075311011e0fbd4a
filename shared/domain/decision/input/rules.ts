import type { CompiledExpression, Environment, FeelValue } from "#feel/index.ts";
import type { Personal } from "../../customer/personal.ts";

/** The values of the names that rules may use: customer, event, data, context, brand, now. */
export type RuleScope = {
  readonly values: Readonly<Record<string, FeelValue | undefined>>;
  readonly environment: Environment;
  /** What shared rules came to in this decision, by slot. */
  readonly known: (FeelValue | undefined)[];
  /** What of all this names or reaches a person; dear to make, so made when it is asked for. */
  readonly personal: () => Personal;
};

/** A rule of a candidate. Rules that several actions have share a slot and are evaluated once a decision. */
export type PreparedRule = {
  readonly rule: CompiledExpression;
  /** -1: no other action has it. */
  readonly slot: number;
};
export type PreparedFormula = PreparedRule | number;

/**
 * A rule that goes past its bounds of time and size fails for this candidate alone; so does one that meets a fault of ours,
 * for no customer is to go without an answer because of one action.
 */
const evaluateNow = (rule: CompiledExpression, scope: RuleScope): FeelValue => {
  try {
    return rule.evaluate(scope.values, scope.environment);
  } catch {
    return null;
  }
};

const evaluate = ({ rule, slot }: PreparedRule, scope: RuleScope): FeelValue => {
  if (slot === -1) return evaluateNow(rule, scope);
  const known = scope.known[slot];
  if (known !== undefined) return known;
  const value = evaluateNow(rule, scope);
  scope.known[slot] = value;
  return value;
};

/** Only `true` is true: null (something unknown) is not a reason to contact anybody. */
export const holds = (rule: PreparedRule, scope: RuleScope): boolean => evaluate(rule, scope) === true;

/** The formula's number, NaN when it yields none. */
export const evaluateNumber = (formula: PreparedFormula, scope: RuleScope): number => {
  if (typeof formula === "number") return formula;
  const value = evaluate(formula, scope);
  return typeof value === "number" && Number.isFinite(value) ? value : Number.NaN;
};

/** Gives slots to the rules that more than one of the uses names; `count` tells how many slots there are. */
export const shareRules = (
  uses: Iterable<CompiledExpression>,
): { readonly prepare: (rule: CompiledExpression) => PreparedRule; readonly count: number } => {
  const slots = new Map<CompiledExpression, number>();
  let count = 0;
  for (const rule of uses) {
    const slot = slots.get(rule);
    if (slot === undefined) slots.set(rule, -1);
    else if (slot === -1) slots.set(rule, count++);
  }
  return { count, prepare: (rule) => ({ rule, slot: slots.get(rule) ?? -1 }) };
};
