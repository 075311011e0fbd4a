import type { CompiledExpression } from "#feel/index.ts";
import type { CompiledAction, CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { Category } from "../../playbook/model/contact-policy.ts";
import { covers } from "../../playbook/model/scope.ts";
import type { Candidate } from "../input/candidate.ts";
import type { PreparedFormula, PreparedRule } from "../input/rules.ts";
import { channelMaker } from "./channel.ts";

/** An action of a category that is not declared gets the strictest there is. */
const UNDECLARED: Omit<Category, "name"> = { consent: "express", transactional: false };

/** Without a declared weight both benefits count alike. */
const EVEN: Candidate["blend"] = { valueToUs: 0.5, valueToCustomer: 0.5 };

/** The candidate that an action makes, on those of its channels that are allowed; an empty list allows all. */
export type CandidateMaker = (action: CompiledAction, allowed?: readonly string[]) => Candidate;

export const candidateMaker = (
  playbook: CompiledPlaybook,
  prepareRule: (rule: CompiledExpression) => PreparedRule,
): CandidateMaker => {
  const { brand, scoring } = playbook.document;
  const channelOf = channelMaker(playbook);
  const formulaOf = (formula: CompiledExpression | number): PreparedFormula =>
    typeof formula === "number" ? formula : prepareRule(formula);
  return (action, allowed = []) => {
    const { rules } = action;
    const category = playbook.categories.get(action.category) ?? { ...UNDECLARED, name: action.category };
    const offered = [...new Set(action.treatments.map(({ channel }) => channel))];
    const names = inOrder(
      offered.filter((name) => covers(allowed, name)),
      brand.channelPreference,
    );
    return {
      name: action.name,
      action,
      category,
      active: lifeSpan(action),
      excludedBy: exclusiveTo(action, playbook),
      blend: scoring ?? EVEN,
      rules: rules.eligible.map(prepareRule),
      formulas: {
        value: formulaOf(rules.value),
        valueToCustomer: formulaOf(rules.valueToCustomer),
        propensity: rules.propensity === null ? null : formulaOf(rules.propensity),
        contextWeight: formulaOf(rules.contextWeight),
      },
      channels: names.map((name) => channelOf(action, category, name)),
    };
  };
};

const exclusiveTo = ({ name, exclusive }: CompiledAction, { actions }: CompiledPlaybook): string[] =>
  actions.flatMap((other) =>
    exclusive !== undefined && other.exclusive === exclusive && other.name !== name ? [other.name] : [],
  );

const lifeSpan = ({ activeFrom, activeTo }: CompiledAction): Candidate["active"] => {
  if (activeFrom === undefined && activeTo === undefined) return null;
  return {
    from: activeFrom ?? Number.NEGATIVE_INFINITY,
    to: activeTo ?? Number.POSITIVE_INFINITY,
  };
};

const inOrder = (names: readonly string[], preference: readonly string[]): string[] => {
  const place = (name: string): number => {
    const index = preference.indexOf(name);
    return index === -1 ? preference.length : index;
  };
  return [...names].sort((left, right) => place(left) - place(right) || (left < right ? -1 : 1));
};
