import type { CompiledExpression, Environment, FeelValue } from "../../feel/index.ts";

/** The values of the names that rules may use: customer, event, data, context, brand, now. */
export type RuleScope = {
  readonly values: Readonly<Record<string, FeelValue | undefined>>;
  readonly environment: Environment;
};

/** A rule that goes past its bounds of time and size fails for this candidate alone. */
const evaluate = (rule: CompiledExpression, scope: RuleScope): FeelValue => {
  try {
    return rule.evaluate(scope.values, scope.environment);
  } catch {
    return null;
  }
};

/** Only `true` is true: null (something unknown) is not a reason to contact anybody. */
export const holds = (rule: CompiledExpression, scope: RuleScope): boolean => evaluate(rule, scope) === true;

/** The formula's number, NaN when it yields none. */
export const evaluateNumber = (formula: CompiledExpression | number, scope: RuleScope): number => {
  if (typeof formula === "number") return formula;
  const value = evaluate(formula, scope);
  return typeof value === "number" && Number.isFinite(value) ? value : Number.NaN;
};
