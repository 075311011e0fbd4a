import type { CompiledExpression, Environment, FeelValue } from "#feel/index.ts";
import type { Personal } from "../../customer/personal.ts";

/** The values of the names that rules may use: customer, event, data, context, brand, now. */
export type RuleScope = {
  readonly values: Readonly<Record<string, FeelValue | undefined>>;
  readonly environment: Environment;
  /** Values of shared rules in this decision, by their index. */
  readonly sharedValues: (FeelValue | undefined)[];
  /** Which of these values are personal; expensive to find out, so done when first asked for. */
  readonly personal: () => Personal;
};

/** A rule of a candidate. Those that several actions have are evaluated once a decision. */
export type PreparedRule = {
  readonly rule: CompiledExpression;
  /** Its place among the shared ones; -1: no other action has it. */
  readonly sharedIndex: number;
};
export type PreparedFormula = PreparedRule | number;

/**
 * A rule that exceeds its limits of time and size fails for this candidate alone. So does one that meets a fault of ours:
 * one action must not keep a customer from getting an answer.
 */
const evaluateNow = (rule: CompiledExpression, scope: RuleScope): FeelValue => {
  try {
    return rule.evaluate(scope.values, scope.environment);
  } catch {
    return null;
  }
};

const evaluate = ({ rule, sharedIndex }: PreparedRule, scope: RuleScope): FeelValue => {
  if (sharedIndex === -1) return evaluateNow(rule, scope);
  const known = scope.sharedValues[sharedIndex];
  if (known !== undefined) return known;
  const value = evaluateNow(rule, scope);
  scope.sharedValues[sharedIndex] = value;
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

/** Numbers the rules that more than one of the uses names; `count` says how many there are. */
export const shareRules = (
  uses: Iterable<CompiledExpression>,
): { readonly prepare: (rule: CompiledExpression) => PreparedRule; readonly count: number } => {
  const indexes = new Map<CompiledExpression, number>();
  let count = 0;
  for (const rule of uses) {
    const index = indexes.get(rule);
    if (index === undefined) indexes.set(rule, -1);
    else if (index === -1) indexes.set(rule, count++);
  }
  return { count, prepare: (rule) => ({ rule, sharedIndex: indexes.get(rule) ?? -1 }) };
};
