import type { Score } from "../../records/chosen-action.ts";
import type { Candidate } from "../input/candidate.ts";
import type { Propensity } from "../input/propensity.ts";
import { evaluateNumber, type RuleScope } from "../input/rules.ts";

const DIGITS = 6;
const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/**
 * The score as people are told of it and the record keeps it: six digits of each factor, and their product, so that
 * whoever asks later reads what was told at once.
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

/** Null when a value cannot be computed: what is not known to be worth anything is not offered. */
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
