import type { Score } from "../../records/chosen-action.ts";
import type { Candidate } from "../input/candidate.ts";
import type { Propensity } from "../input/propensity.ts";
import { evaluateNumber, type RuleScope } from "../input/rules.ts";

const DIGITS = 6;
const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/**
 * The score as answers and records hold it: six digits of each factor, and their product. The answer given at once and the
 * record read later are the same.
 */
export const roundedScore = (score: Score): Score => {
  const propensity = rounded(score.propensity);
  const bonus = rounded(score.bonus ?? 0);
  const value = rounded(score.value);
  const contextWeight = rounded(score.contextWeight);
  const lever = rounded(score.lever);
  return {
    score: rounded((propensity + bonus) * value * contextWeight * lever),
    propensity,
    ...(bonus === 0 ? {} : { bonus }),
    value,
    contextWeight,
    lever,
  };
};

/** The score of a candidate; null when a factor cannot be computed: an action of unknown value is not offered. */
export const scoreOf = (candidate: Candidate, scope: RuleScope, propensityOf: Propensity): Score | null => {
  const { blend, formulas } = candidate;
  const { lever } = candidate.action;
  const toUs = evaluateNumber(formulas.value, scope);
  const toCustomer = evaluateNumber(formulas.valueToCustomer, scope);
  const contextWeight = evaluateNumber(formulas.contextWeight, scope);
  const value = toUs * blend.valueToUs + toCustomer * blend.valueToCustomer;
  const believed = propensityOf(candidate, scope);
  const propensity = typeof believed === "number" ? believed : believed.mean;
  const bonus = typeof believed === "number" ? 0 : believed.bonus;
  const score = (propensity + bonus) * value * contextWeight * lever;
  if (!Number.isFinite(score)) return null;
  if (bonus === 0) return { score, propensity, value, contextWeight, lever };
  return { score, propensity, bonus, value, contextWeight, lever };
};
