import type { CompiledExpression } from "#feel/index.ts";
import { FeelLimitError } from "#feel/index.ts";
import { momentOfValue, ownZone } from "../customer/own-time.ts";
import type { JourneyRun } from "../records/journey.ts";
import { environmentOf, type JourneyContext, scopeOf } from "./context.ts";

/**
 * The moment that a rule gives, in milliseconds since the epoch: a day begins at midnight where the customer is, and so do
 * hours without a zone count. Null where it gives no date: never now. `now` in the rule is when the step began: "the next
 * birthday" is still the same day when it has come.
 */
export const momentOf = (
  rule: CompiledExpression | undefined,
  run: JourneyRun,
  context: JourneyContext,
): number | null => {
  if (rule === undefined) return null;
  const zone = ownZone(context.state, context.playbook.document.brand.timeZone);
  return momentOfValue(evaluated(rule, run, { ...context, now: Date.parse(run.since) }), zone);
};

const evaluated = (rule: CompiledExpression, run: JourneyRun, context: JourneyContext) => {
  try {
    return rule.evaluate(scopeOf(context, run.entry), environmentOf(context));
  } catch (error) {
    if (error instanceof FeelLimitError) return null;
    throw error;
  }
};
