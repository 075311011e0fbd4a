import { type CompiledExpression, compileTree, type FeelFunction } from "#feel/index.ts";
import type { RuleSetting, RuleSource } from "./rule-source.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Callables = Readonly<Record<string, FeelFunction>>;

/**
 * A rule that is compiled when it is first used: a function that applies events never uses the rules of actions, and a
 * decision uses only those of its placement. `text` is valid: it was checked at upload.
 */
export const lazyRule = (
  text: string,
  setting: RuleSetting,
  { treeOf }: Pick<RuleSource, "treeOf">,
  callables: Callables,
): CompiledExpression => {
  let made: CompiledExpression | undefined;
  const rule = (): CompiledExpression => {
    made ??= withDecisions(compileTree(text, treeOf(text, setting), setting.scope), callables);
    return made;
  };
  const lazy: Mutable<CompiledExpression> = {
    text,
    get type() {
      return rule().type;
    },
    get references() {
      return rule().references;
    },
    get diagnostics() {
      return rule().diagnostics;
    },
    // Steps aside once it is compiled: a decision evaluates hundreds of rules, and every hop is another miss.
    evaluate: (context, environment) => {
      lazy.evaluate = rule().evaluate;
      return lazy.evaluate(context, environment);
    },
  };
  return lazy;
};

/** Puts the decisions that a rule calls beside the names it is evaluated with. Other rules are left as they are. */
const withDecisions = (rule: CompiledExpression, callables: Callables): CompiledExpression => {
  const called = rule.references.flatMap(([name = ""]) => {
    const value = Object.hasOwn(callables, name) ? callables[name] : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  if (called.length === 0) return rule;
  const values = Object.fromEntries(called);
  return {
    ...rule,
    // Inherits instead of copying: a caller's context may make its members only when they are read.
    evaluate: (context, environment) =>
      rule.evaluate(Object.assign(Object.create(context), values), environment),
  };
};
