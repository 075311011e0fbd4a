import type { Features } from "../learning/model.ts";
import type { CompiledPlaybook } from "../playbook/types.ts";
import type { RuleScope } from "./rules.ts";

/** Longer texts are no categories that anything could be learnt of; they would only fill the record. */
const LONGEST_TEXT = 60;

const plain = (value: unknown): Features[string] => {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string") return value.slice(0, LONGEST_TEXT);
  return typeof value === "boolean" ? value : null;
};

const known = new WeakMap<RuleScope, Features>();

/** The predictors' values for the decision that `scope` belongs to, worked out once. A formula that fails is missing. */
export const predictorsFor = (playbook: CompiledPlaybook, scope: RuleScope): Features => {
  const earlier = known.get(scope);
  if (earlier !== undefined) return earlier;
  const features = Object.fromEntries(
    (playbook.learning?.predictors ?? []).map(({ name, rule }) => {
      try {
        return [name, plain(rule.evaluate(scope.values, scope.environment))];
      } catch {
        return [name, null];
      }
    }),
  );
  known.set(scope, features);
  return features;
};
