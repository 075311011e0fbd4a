import {
  type FeelContext,
  type FeelInput,
  type FeelValue,
  isContext,
  isList,
  newContext,
  normalizeName,
} from "#feel/index.ts";
import { isPersonalNumber, type Personal } from "../../customer/personal.ts";
import { MASKED } from "../../customer/personal-text.ts";
import type { Features } from "../../learning/model.ts";
import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { RuleScope } from "../input/rules.ts";

/** Longer texts are no categories to learn from; they would only fill the record. */
const LONGEST_TEXT = 60;

/** Personal values count as missing: their replacement would be a category of its own. */
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

/** What the predictors of a version read: members of a name of the scope, or (null) all of it. */
type Reads = ReadonlyMap<string, ReadonlySet<string> | null>;
const readsByPlaybook = new WeakMap<CompiledPlaybook, Reads>();

const readsOf = (playbook: CompiledPlaybook): Reads => {
  const known = readsByPlaybook.get(playbook);
  if (known !== undefined) return known;
  const reads = new Map<string, Set<string> | null>();
  for (const { rule } of playbook.learning?.predictors ?? []) {
    for (const [root = "", member] of rule.references) {
      const members = reads.get(root);
      if (members === null) continue;
      reads.set(root, member === undefined ? null : (members ?? new Set()).add(member));
    }
  }
  readsByPlaybook.set(playbook, reads);
  return reads;
};

/**
 * The names of the scope as predictors see them: what they read, without what is personal. What they come to is kept with
 * decisions, in sums and in the log, and whatever a formula does, it cannot take out of here what is not in it. A replay,
 * whose state is masked, sees the same.
 */
const impersonal = (playbook: CompiledPlaybook, { values, personal }: RuleScope): FeelInput => {
  const seen = newContext();
  for (const [root, members] of readsOf(playbook)) {
    const value = values[root];
    // Brand and now hold nothing personal.
    if (value === undefined || root === "brand" || root === "now") continue;
    seen[root] = withoutPersonal(
      members === null || !isContext(value) ? value : readMembers(value, members),
      personal(),
    );
  }
  return { ...seen, brand: values.brand ?? null, now: values.now ?? null };
};

/** By their own names, else as FEEL finds an entry that is written with other spaces. */
const readMembers = (value: FeelContext, members: ReadonlySet<string>): FeelContext => {
  const read = newContext();
  for (const member of members) {
    const name = Object.hasOwn(value, member) ? member : entryLike(value, member);
    if (name !== undefined) read[name] = value[name] ?? null;
  }
  return read;
};

const entryLike = (value: FeelContext, member: string): string | undefined => {
  const wanted = normalizeName(member);
  return Object.keys(value).find((name) => normalizeName(name) === wanted);
};

const known = new WeakMap<RuleScope, Features>();

/** The predictors' values for the decision that `scope` belongs to, worked out once. A formula that fails is missing. */
export const predictorsFor = (playbook: CompiledPlaybook, scope: RuleScope): Features => {
  const earlier = known.get(scope);
  if (earlier !== undefined) return earlier;
  const values = impersonal(playbook, scope);
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
