import type { Candidate } from "./candidate.ts";
import { evaluateNumber, type RuleScope } from "./rules.ts";

/** How likely a response is, and what is added to that to find out more about it; together at most 1. */
export type Belief = { readonly mean: number; readonly bonus: number };

/** How likely the customer is to respond, 0..1: the port behind which learning sits. A number is a belief without a bonus. */
export type Propensity = (candidate: Candidate, scope: RuleScope) => number | Belief;

/** Before there is evidence nobody knows better than a coin. */
const NO_EVIDENCE = 0.5;

/** What the action declares, kept within 0..1; NaN where its formula gives no number, as of any other part of its worth. */
export const declaredPropensity = ({ formulas: { propensity } }: Candidate, scope: RuleScope): number =>
  propensity === null ? NO_EVIDENCE : Math.min(1, Math.max(0, evaluateNumber(propensity, scope)));
