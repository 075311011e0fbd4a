import type { Estimator } from "../../learning/learner.ts";
import { armOf } from "../../learning/model.ts";
import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { Candidate } from "../input/candidate.ts";
import type { DecideInput } from "../input/input.ts";
import { declaredPropensity } from "../input/propensity.ts";
import type { RuleScope } from "../input/rules.ts";
import { preparedPlaybook } from "../prepared/playbook.ts";
import { predictorsFor } from "./predictors.ts";

/** A model as of some moment: sums, read by the playbook's learner. */
export type LearntModel = {
  readonly estimate: Estimator;
  /** Choices that customers saw, by action. */
  readonly evidence: Readonly<Record<string, number>>;
  /** When the sums were read (milliseconds since the epoch). */
  readonly readAt?: number;
};

/**
 * The least propensity. Estimates that add up effects can fall to 0, and an action worth nothing takes no part in exploring:
 * that it became better would never be found out.
 */
const LEAST = 0.0001;

/** The actions that a decision may ask a model about: what is offered at its placement, by name. */
export const askedAbout = ({
  playbook,
  placement,
  mode,
}: Pick<DecideInput, "playbook" | "placement" | "mode">): readonly string[] =>
  preparedPlaybook(playbook)
    .candidatesAt(placement, mode)
    .map(({ action }) => action.name);

/**
 * The part of a decision's input that comes from the model: propensities for the first channel that is open to the action,
 * and the evidence that exploring uses. The propensity an action declares is the prior.
 */
export const learntInput = (
  playbook: CompiledPlaybook,
  model: LearntModel | null,
): Pick<DecideInput, "propensity" | "foresee" | "evidence" | "learntAt"> => {
  const { learning } = playbook;
  if (learning === undefined || model === null) return {};
  const { optimism } = learning.exploration;
  /** NaN: a value that the action's formula needs is missing. */
  const estimated = (candidate: Candidate, channel: string, scope: RuleScope) => {
    const prior = declaredPropensity(candidate, scope);
    if (Number.isNaN(prior)) return { prior, estimate: null };
    const arm = armOf(candidate.action, channel);
    const declared = candidate.formulas.propensity !== null;
    return { prior, estimate: model.estimate(arm, predictorsFor(playbook, scope), prior, declared) };
  };
  return {
    foresee: (candidate, channel, scope) => estimated(candidate, channel, scope).estimate?.foreseen ?? null,
    evidence: model.evidence,
    ...(model.readAt === undefined ? {} : { learntAt: model.readAt }),
    propensity: (candidate: Candidate, scope) => {
      const { prior, estimate } = estimated(candidate, candidate.channels[0]?.name ?? "", scope);
      // It is not offered, whatever the model expects.
      if (estimate === null) return prior;
      const { mean, deviation } = estimate;
      const least = prior === 0 ? 0 : LEAST;
      const expected = Math.min(1, Math.max(least, mean));
      return { mean: expected, bonus: Math.min(1 - expected, optimism * deviation) };
    },
  };
};
