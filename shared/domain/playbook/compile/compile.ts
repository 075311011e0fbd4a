import type { CompiledExpression } from "#feel/index.ts";
import type {
  CompiledAction,
  CompiledLearning,
  CompiledPlaybook,
  CompiledSource,
} from "../model/compiled.ts";
import type { Action, Formula, PlaybookDocument } from "../model/document.ts";
import { holdsOf } from "../model/holds.ts";
import { awaitedIn, type Journey, journeysOf } from "../model/journeys.ts";
import type { CompiledReplies, Replies } from "../model/replies.ts";
import { compileJourney, rulesIn } from "./compile-journeys.ts";
import { conditionInTime, momentRule, windowedIn } from "./compile-time.ts";
import { compileWebhooks, rulesOfWebhooks } from "./compile-webhooks.ts";
import { decisionValues } from "./decisions.ts";
import { lazyRule } from "./lazy-rule.ts";
import { modelRule } from "./model-rule.ts";
import type { RuleSetting, RuleSource } from "./rule-source.ts";
import { type RuleSettings, ruleSettings } from "./rules.ts";
import { customerType, eventType } from "./scope.ts";
import { storedRules } from "./stored-rules.ts";

type MakeRule = (text: string, setting: RuleSetting) => CompiledExpression;

/** Everything a rule of the document is compiled with. */
type Compiling = {
  readonly document: PlaybookDocument;
  readonly settings: RuleSettings;
  readonly rule: MakeRule;
  readonly treeOf: RuleSource["treeOf"];
};

const optional = ({ rule }: Compiling, text: string | undefined, setting: RuleSetting) =>
  text === undefined ? {} : { test: rule(text, setting) };

/** Action -> the company's own model of its propensity. */
const modelRules = ({ document, settings, rule }: Compiling): ReadonlyMap<string, CompiledExpression> =>
  new Map(
    (document.models ?? []).flatMap((model) => {
      const made = modelRule(model, (text) => rule(text, settings.predictor()));
      return model.actions.map((action) => [action, made] as const);
    }),
  );

const compileActions = (compiling: Compiling): readonly CompiledAction[] => {
  const { document, settings, rule } = compiling;
  const models = modelRules(compiling);
  const formula = (value: Formula, action: Action) =>
    typeof value === "number" ? value : rule(value, settings.formula(action));
  return document.actions.map((action) => ({
    ...action,
    rules: {
      eligible: action.eligible.map((text) => rule(text, settings.eligibility(action))),
      value: formula(action.value, action),
      valueToCustomer: formula(action.valueToCustomer, action),
      propensity:
        action.propensity === undefined
          ? (models.get(action.name) ?? null)
          : formula(action.propensity, action),
      contextWeight: formula(action.contextWeight ?? 1, action),
    },
  }));
};

const compileSources = ({ document, settings, rule }: Compiling): readonly CompiledSource[] => {
  const each = (formulas: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(formulas).map(([name, text]) => [name, rule(text, settings.source())]));
  const one = (text: string | undefined) => (text === undefined ? null : rule(text, settings.source()));
  return document.sources.map((source) => ({
    ...source,
    rules: {
      customer: each(source.customer),
      properties: each(source.properties),
      at: one(source.at),
      id: one(source.id),
    },
  }));
};

/** What events meet: triggers, computed traits and segments, with the events that each goes by. */
const compileProfileRules = (compiling: Compiling) => {
  const { document, settings, rule } = compiling;
  const computed = document.dataModel.computed.map((trait) => ({
    ...trait,
    ...optional(compiling, trait.where, settings.computed(trait)),
  }));
  const inTime = { treeOf: compiling.treeOf, windowed: windowedIn(document.dataModel) };
  const triggers = document.triggers.map((trigger) => ({
    ...trigger,
    ...optional(compiling, trigger.if, settings.trigger(trigger)),
    ...(trigger.at === undefined
      ? {}
      : { moment: momentRule(rule(trigger.at.day, settings.moment()), settings.moment(), inTime) }),
  }));
  const watched = new Set(triggers.flatMap(({ unless }) => unless));
  const webhooks = compileWebhooks(document, rule, settings);
  const written = journeysOf(document);
  const journeys = written.map((journey) => compileJourney(journey, rule, settings));
  return {
    segments: document.segments.map((segment) => {
      const setting = settings.segment(segment);
      const test = rule(segment.condition, setting);
      return { name: segment.name, test, inTime: conditionInTime(test, setting, inTime) };
    }),
    computed,
    triggers,
    triggersByEvent: grouped(triggers, ({ on }) => [on]),
    journeys: byName(journeys, ({ name }) => name),
    journeysByEvent: grouped(journeys, ({ enter }) => (enter === undefined ? [] : [enter.on])),
    webhooks,
    webhooksByEvent: grouped(webhooks, ({ on }) => [on]),
    computedByEvent: grouped(computed, ({ event }) => [event]),
    watched,
    trustedEvents: new Set(
      document.dataModel.events.flatMap(({ name, from }) => (from === "trusted" ? [name] : [])),
    ),
    namedEvents: new Set([
      ...triggers.map(({ on }) => on),
      ...webhooks.map(({ on }) => on),
      ...watched,
      ...computed.map(({ event }) => event),
      ...written.flatMap(eventsIn),
    ]),
  };
};

/** Events that lead into a journey, along it, or out of it. */
const eventsIn = (journey: Journey): readonly string[] => [
  ...(journey.enter === undefined ? [] : [journey.enter.on]),
  ...awaitedIn(journey),
  ...journey.exit.flatMap(({ on }) => on ?? []),
];

/**
 * Makes a validated document ready to run: every rule compiled at most once, when first used, everything found by name.
 * Runs at the cold start of every deciding function, so it imports neither YAML nor MJML, neither FEEL's grammar nor XML.
 * @param source where the rules' trees come from; as upload stored them by default
 */
export const compilePlaybook = (
  version: string,
  document: PlaybookDocument,
  source: RuleSource = storedRules(document),
): CompiledPlaybook => {
  const callables = decisionValues(document.decisionFunctions, source);
  const rule = sharedRules((text, setting) => lazyRule(text, setting, source, callables));
  const settings = ruleSettings(document);
  const compiling = { document, settings, rule, treeOf: source.treeOf };
  const actions = compileActions(compiling);
  const { contactPolicy, dataModel, learning, placements } = document;
  return {
    version,
    document,
    ...compileProfileRules(compiling),
    identifierTypes: byName(dataModel.identifiers, ({ type }) => type),
    categories: byName(contactPolicy.categories, ({ name }) => name),
    placements: byName(placements, ({ name }) => name),
    actions,
    actionsByPlacement: grouped(actions, ({ placements: at }) => at),
    actionByName: byName(actions, ({ name }) => name),
    treatmentsByName: grouped(
      actions.flatMap((action) => action.treatments.map((treatment) => ({ action, treatment }))),
      ({ treatment }) => [treatment.name],
    ),
    holds: holdsOf(contactPolicy).map((hold) => ({
      ...hold,
      ...optional(compiling, hold.if, settings.hold()),
    })),
    ...(document.replies === undefined ? {} : { replies: compileReplies(document.replies, compiling) }),
    sources: compileSources(compiling),
    ...(learning === undefined ? {} : { learning: compileLearning(learning, settings, rule) }),
    customerType: customerType(document),
    eventTypes: new Map(dataModel.events.map(({ name }) => [name, eventType(document, name)])),
  };
};

const compileReplies = (replies: Replies, compiling: Compiling): CompiledReplies => ({
  ...replies,
  rules: replies.rules.map((one) => ({
    ...one,
    ...optional(compiling, one.if, compiling.settings.reply()),
  })),
});

const compileLearning = (
  learning: NonNullable<PlaybookDocument["learning"]>,
  settings: RuleSettings,
  rule: MakeRule,
): CompiledLearning => ({
  ...learning,
  predictors: learning.predictors.map(({ name, formula }) => ({
    name,
    rule: rule(formula, settings.predictor()),
  })),
});

/** Compiles every rule now. Throws FeelSyntaxError when one of them is none in this release. */
export const compileAllRules = (playbook: CompiledPlaybook): void => {
  const { segments, computed, triggers, actions, holds, replies, sources, learning } = playbook;
  const predictors = (learning?.predictors ?? []).map(({ rule }) => rule);
  const formulas = actions.flatMap(({ rules: { eligible, ...scores } }) => [
    ...eligible,
    ...Object.values(scores),
  ]);
  const mappings = sources.flatMap(({ rules: { customer, properties, at, id } }) => [
    ...Object.values(customer),
    ...Object.values(properties),
    at,
    id,
  ]);
  const tests = [...segments, ...computed, ...triggers, ...holds, ...(replies?.rules ?? [])].map(
    ({ test }) => test,
  );
  const moments = triggers.map(({ moment }) => moment?.rule);
  const journeys = [...playbook.journeys.values()].flatMap(rulesIn);
  const webhooks = rulesOfWebhooks(playbook.webhooks);
  const scores = [...formulas, ...mappings, ...predictors];
  for (const rule of [...tests, ...moments, ...scores, ...journeys, ...webhooks]) {
    if (typeof rule === "object") rule?.references;
  }
};

const grouped = <T>(
  items: readonly T[],
  keysOf: (item: T) => readonly string[],
): Map<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
};

const byName = <T>(items: readonly T[], nameOf: (item: T) => string): Map<string, T> =>
  new Map(items.map((item) => [nameOf(item), item]));

/** Makes equal rules over the same names one rule: compiled once, and evaluated once for all actions that have it. */
const sharedRules = (make: MakeRule): MakeRule => {
  const made = new Map<RuleSetting["scope"], Map<string, CompiledExpression>>();
  return (text, setting) => {
    const inScope = made.get(setting.scope) ?? new Map<string, CompiledExpression>();
    made.set(setting.scope, inScope);
    const rule = inScope.get(text) ?? make(text, setting);
    inScope.set(text, rule);
    return rule;
  };
};
