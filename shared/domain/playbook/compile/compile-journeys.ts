import type { CompiledExpression } from "#feel/index.ts";
import type { CompiledJourney, CompiledStep, Journey, JourneyStep } from "../model/journeys.ts";
import type { RuleSetting } from "./rule-source.ts";
import type { RuleSettings } from "./rules.ts";

type Rule = (text: string, setting: RuleSetting) => CompiledExpression;

const optional = <Name extends string>(
  name: Name,
  text: string | undefined,
  make: (text: string) => CompiledExpression,
): { readonly [Key in Name]?: CompiledExpression } =>
  (text === undefined ? {} : { [name]: make(text) }) as { readonly [Key in Name]?: CompiledExpression };

const compileStep = (
  step: JourneyStep,
  journey: Journey,
  rule: Rule,
  settings: RuleSettings,
): CompiledStep => {
  switch (step.kind) {
    case "waitFor": {
      const setting = settings.journeyRule(journey, step.event);
      return { ...step, rules: optional("where", step.where, (text) => rule(text, setting)) };
    }
    case "waitUntil":
      return { ...step, rules: { moment: rule(step.moment, settings.journeyMoment(journey)) } };
    case "branch": {
      const setting = settings.journeyRule(journey, null);
      return { ...step, rules: { tests: step.branches.map((branch) => rule(branch.if, setting)) } };
    }
    default:
      return { ...step, rules: {} };
  }
};

/** A journey with its rules ready to run and its steps by name. */
export const compileJourney = (journey: Journey, rule: Rule, settings: RuleSettings): CompiledJourney => {
  const { enter, key, exit, steps } = journey;
  const entering = settings.trigger({ on: enter?.on ?? "" });
  return {
    ...journey,
    rules: {
      ...optional("if", enter?.if, (text) => rule(text, entering)),
      ...optional("key", key, (text) => rule(text, settings.journeyKey(journey))),
    },
    exit: exit.map((one) => ({
      ...one,
      ...optional("test", one.if, (text) => rule(text, settings.journeyRule(journey, one.on ?? null))),
    })),
    first: steps[0]?.name ?? "",
    steps: new Map(steps.map((step) => [step.name, compileStep(step, journey, rule, settings)])),
  };
};

/** Every rule of a journey. */
export const rulesIn = ({ rules, exit, steps }: CompiledJourney): readonly CompiledExpression[] =>
  [
    rules.if,
    rules.key,
    ...exit.map(({ test }) => test),
    ...[...steps.values()].flatMap(({ rules: { where, moment, tests = [] } }) => [where, moment, ...tests]),
  ].filter((rule) => rule !== undefined);
