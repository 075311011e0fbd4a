import type { Candidate } from "./prepare.ts";
import type { Propensity } from "./propensity.ts";
import { evaluateNumber, type RuleScope } from "./rules.ts";

/** The factors of a score; `score` = propensity x value x contextWeight x lever. */
export type Score = {
  readonly score: number;
  readonly propensity: number;
  readonly value: number;
  readonly contextWeight: number;
  readonly lever: number;
};

const DIGITS = 6;
const rounded = (value: number): number => Number(value.toPrecision(DIGITS));

/**
 * The score as people are told of it and the record keeps it: six digits of each factor, and their product, so that
 * whoever asks later reads what was told at once.
 */
export const toldScore = (score: Score): Score => {
  const propensity = rounded(score.propensity);
  const value = rounded(score.value);
  const contextWeight = rounded(score.contextWeight);
  const lever = rounded(score.lever);
  return {
    score: rounded(propensity * value * contextWeight * lever),
    propensity,
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
  const propensity = propensityOf(candidate, scope);
  const score = propensity * value * contextWeight * lever;
  if (!Number.isFinite(score)) return null;
  return { score, propensity, value, contextWeight, lever };
};
