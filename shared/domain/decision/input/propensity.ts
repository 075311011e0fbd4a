import type { Foreseen } from "../../learning/model.ts";
import type { Candidate } from "./candidate.ts";
import { evaluateNumber, type RuleScope } from "./rules.ts";

/** How likely a response is, and a bonus for trying uncertain actions; together at most 1. */
export type Belief = { readonly mean: number; readonly bonus: number };

/** How likely the customer is to respond, 0..1: the port behind which learning sits. A number is a belief without a bonus. */
export type Propensity = (candidate: Candidate, scope: RuleScope) => number | Belief;

/** What each of two learners expects of an action on the channel it was chosen for; null: there is no such pair. */
export type Foresee = (candidate: Candidate, channel: string, scope: RuleScope) => Foreseen | null;

/** Propensity of an action that declares none, before there is evidence. */
const NO_EVIDENCE = 0.5;

/** The propensity that the action declares, kept within 0..1; NaN where its formula gives no number. */
export const declaredPropensity = ({ formulas: { propensity } }: Candidate, scope: RuleScope): number =>
  propensity === null ? NO_EVIDENCE : Math.min(1, Math.max(0, evaluateNumber(propensity, scope)));
