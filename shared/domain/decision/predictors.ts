import { type FeelInput, type FeelValue, isContext, isList, newContext } from "../../feel/index.ts";
import type { Features } from "../learning/model.ts";
import type { CompiledPlaybook } from "../playbook/types.ts";
import { isPersonalNumber, type Personal } from "../profile/personal.ts";
import { MASKED } from "../profile/personal-text.ts";
import type { RuleScope } from "./rules.ts";

/** Longer texts are no categories that anything could be learnt of; they would only fill the record. */
const LONGEST_TEXT = 60;

/** What is personal is missing: its replacement would be a category of its own. */
const plain = (value: unknown, { maskText }: Personal): Features[string] => {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return null;
  const masked = maskText(value);
  return masked.toLowerCase().includes(MASKED) ? null : masked.slice(0, LONGEST_TEXT);
};

const withoutPersonal = (value: FeelValue, personal: Personal): FeelValue => {
  if (typeof value === "string") return personal.maskText(value);
  if (typeof value === "number") return isPersonalNumber(value, personal) ? MASKED : value;
  if (isList(value)) return value.map((member) => withoutPersonal(member, personal));
  if (!isContext(value)) return value;
  const rest = newContext();
  for (const [name, member] of Object.entries(value)) {
    rest[personal.maskText(name)] =
      personal.isPersonalName(name) && member !== null ? MASKED : withoutPersonal(member, personal);
  }
  return rest;
};

/**
 * The names of the scope as predictors see them. What they come to is kept with decisions, in sums and in the log, and
 * whatever a formula does, it cannot take out of here what is not in it. A replay, whose state is masked, sees the same.
 */
const impersonal = ({ values, personal }: RuleScope): FeelInput => {
  const made = new Map<string, FeelValue>();
  const read = (name: string): FeelValue => {
    const known = made.get(name) ?? withoutPersonal(values[name] ?? null, personal());
    made.set(name, known);
    return known;
  };
  return {
    get customer() {
      return read("customer");
    },
    get event() {
      return read("event");
    },
    get data() {
      return read("data");
    },
    get context() {
      return read("context");
    },
    brand: values.brand ?? null,
    now: values.now ?? null,
  };
};

const known = new WeakMap<RuleScope, Features>();

/** The predictors' values for the decision that `scope` belongs to, worked out once. A formula that fails is missing. */
export const predictorsFor = (playbook: CompiledPlaybook, scope: RuleScope): Features => {
  const earlier = known.get(scope);
  if (earlier !== undefined) return earlier;
  const values = impersonal(scope);
  const features = Object.fromEntries(
    (playbook.learning?.predictors ?? []).map(({ name, rule }) => {
      try {
        return [name, plain(rule.evaluate(values, scope.environment), scope.personal())];
      } catch {
        return [name, null];
      }
    }),
  );
  known.set(scope, features);
  return features;
};
