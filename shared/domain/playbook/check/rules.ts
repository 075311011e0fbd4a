import {
  BOOLEAN,
  type CompiledExpression,
  compile,
  conformsTo,
  type Diagnostic,
  FeelLimitError,
  FeelSyntaxError,
  treeOf,
  typeName,
} from "#feel/index.ts";
import { decisionValues } from "../compile/decisions.ts";
import { writtenRules } from "../compile/parse-rules.ts";
import { RULES_BUDGET, type RuleSettings, ruleSettings } from "../compile/rules.ts";
import type { Draft, Report } from "../read/sources.ts";
import type { Path } from "../read/yaml-file.ts";
import type { ActionFile } from "../schema/action-file.ts";
import { holdRules, replyRules, sendRules } from "./condition-rules.ts";
import { wrongConstants } from "./constants.ts";
import { journeyRules } from "./journey-rules.ts";
import { neverTrue } from "./never-true.ts";
import { checkEvents, eventsOf, type Rule } from "./rule-events.ts";
import { expectationOf } from "./rule-hints.ts";
import { webhookRules } from "./webhook-rules.ts";

type Callables = ReturnType<typeof decisionValues>;

/** Compiles every FEEL text of the playbook and reports what is wrong, with the place inside the text. */
export const checkRules = (draft: Draft, report: Report): void => {
  const settings = ruleSettings(draft.document);
  const rules = [
    ...profileRules(draft, settings),
    ...holdRules(draft, settings),
    ...sendRules(draft, settings),
    ...replyRules(draft, settings),
    ...actionRules(draft, settings),
    ...sourceRules(draft, settings),
    ...predictorRules(draft, settings),
    ...journeyRules(draft, settings),
    ...webhookRules(draft, settings),
  ];
  const callables = decisionValues(draft.document.decisionFunctions, writtenRules(draft.document.decisions));
  const segments = draft.document.segments.map(({ name }) => name);
  const { timeZone } = draft.document.brand;
  for (const rule of rules) {
    const compiled = tryCompile(rule);
    checkRule(rule, compiled, callables, report);
    if ("evaluate" in compiled) checkSense(rule, compiled, { segments, timeZone }, report);
  }
};

const profileRules = ({ sources, document }: Draft, settings: RuleSettings): readonly Rule[] => {
  const { dataModel, segments, triggers } = sources;
  return [
    ...document.dataModel.computed.flatMap(({ name, event, where }) => {
      const at = { file: dataModel.file, path: ["computed", name, "where"] };
      const setting = settings.computed({ event });
      return where === undefined ? [] : [{ text: where, setting, events: [event], ...at }];
    }),
    ...document.segments.map((segment) => {
      const path =
        typeof segments.value[segment.name] === "string" ? [segment.name] : [segment.name, "condition"];
      const setting = settings.segment(segment);
      return { text: segment.condition, setting, events: "any" as const, file: segments.file, path };
    }),
    ...document.triggers.flatMap(({ name, at: moment }) => {
      const at = { file: triggers.file, path: [name, "at"] };
      if (moment === undefined) return [];
      return [
        {
          text: moment.day,
          setting: settings.moment(),
          events: "any" as const,
          isMoment: true as const,
          ...at,
        },
      ];
    }),
    ...document.triggers.flatMap((trigger) => {
      const at = { file: triggers.file, path: [trigger.name, "if"] };
      return trigger.if === undefined
        ? []
        : [{ text: trigger.if, setting: settings.trigger(trigger), events: [trigger.on], ...at }];
    }),
  ];
};

const FORMULAS = ["value", "valueToCustomer", "propensity", "contextWeight"] as const;

const actionRules = ({ sources, document }: Draft, settings: RuleSettings): readonly Rule[] =>
  sources.actions.flatMap(({ file, value }, index) => {
    const action = document.actions[index] ?? { placements: [], eligible: [] };
    const events = eventsOf(document, action);
    const eligible = action.eligible.map((text, position) => ({
      text,
      setting: settings.eligibility(action),
      events,
      file,
      path: conditionPath(value, position),
    }));
    const formulas = FORMULAS.flatMap((name) => {
      const text = value[name];
      return typeof text === "string"
        ? [{ text, setting: settings.formula(action), events, file, path: [name] }]
        : [];
    });
    return [...eligible, ...formulas];
  });

const conditionPath = ({ eligible }: ActionFile, position: number): Path => {
  if (typeof eligible === "string") return ["eligible"];
  return typeof eligible?.[position] === "string" ? ["eligible", position] : ["eligible", position, "rule"];
};

const predictorRules = ({ sources: { learning } }: Draft, settings: RuleSettings): readonly Rule[] =>
  Object.entries(learning?.value.predictors ?? {}).flatMap(([name, text]) =>
    learning === null
      ? []
      : [
          {
            text,
            setting: settings.predictor(),
            events: "any",
            file: learning.file,
            path: ["predictors", name],
          },
        ],
  );

const sourceRules = ({ sources: { sources }, document }: Draft, settings: RuleSettings): readonly Rule[] =>
  document.sources.flatMap(({ name, customer, properties, at, id }) => {
    const rule = (text: string, ...path: Path): Rule => {
      return { text, setting: settings.source(), events: "any", file: sources.file, path: [name, ...path] };
    };
    return [
      ...Object.entries(customer).map(([type, text]) => rule(text, "customer", type)),
      ...Object.entries(properties).map(([property, text]) => rule(text, "properties", property)),
      ...(at === undefined ? [] : [rule(at, "at")]),
      ...(id === undefined ? [] : [rule(id, "id")]),
    ];
  });

const checkRule = (
  rule: Rule,
  compiled: ReturnType<typeof tryCompile>,
  callables: Callables,
  report: Report,
): void => {
  for (const diagnostic of compiled.diagnostics) reportDiagnostic(rule, diagnostic, report);
  if ("evaluate" in compiled) tryOnce(rule, compiled, callables, report);
  if (rule.isMoment === true && "type" in compiled) checkMoment(rule, compiled, report);
  const { result } = rule.setting;
  if (!("type" in compiled) || result === null || compiled.diagnostics.some(isError)) return;
  if (result === BOOLEAN && compiled.constant !== undefined && compiled.constant.value !== true) {
    const message = "This condition never holds";
    report.warning(rule.file.at(rule.path), "never-true", message, "a condition that can be true");
  }
  if (compiled.type.kind === "any" || conformsTo(compiled.type, result)) return;
  const message = `This gives a value of type ${typeName(compiled.type)}`;
  report.error(
    rule.file.at(rule.path),
    "wrong-type",
    message,
    EXPECTED[typeName(result)] ?? typeName(result),
  );
};

const MOMENTS: readonly string[] = ["any", "null", "date", "date and time"];

/** What is no date is never waited for. */
const checkMoment = (rule: Rule, { type }: CompiledExpression, report: Report): void => {
  if (MOMENTS.includes(type.kind)) return;
  const message = `This gives a value of type ${typeName(type)}`;
  const expected = 'a date, or a date and time, such as customer.renewal - @"P30D"';
  report.error(rule.file.at(rule.path), "wrong-type", message, expected);
};

/** Reports rules that are right by their types but can have no effect. */
const checkSense = (
  rule: Rule,
  compiled: CompiledExpression,
  { segments, timeZone }: { readonly segments: readonly string[]; readonly timeZone: string },
  report: Report,
): void => {
  const tree = treeOf(rule.text, rule.setting.scope);
  checkEvents(rule, { references: compiled.references, tree, segments }, report);
  for (const { from, code, message, expected } of wrongConstants(rule.text, tree)) {
    report.error(rule.file.at(rule.path, from), code, message, expected);
  }
  const { scope } = rule.setting;
  for (const { from, message, expected } of neverTrue({ text: rule.text, scope, timeZone }, tree)) {
    report.warning(rule.file.at(rule.path, from), "never-true", message, expected);
  }
};

/** Steps above which a rule is too slow: a hundred such rules use up the budget of a decision. */
const DEAR = RULES_BUDGET / 100;

/** Tries the rule once, on an empty customer: a rule that is slow even then would slow down every decision. */
const tryOnce = (rule: Rule, compiled: CompiledExpression, callables: Callables, report: Report): void => {
  try {
    compiled.evaluate(callables, { limits: { steps: DEAR } });
  } catch (error) {
    if (!(error instanceof FeelLimitError)) throw error;
    const all = `all rules of a decision share ${RULES_BUDGET} steps; those that find none left do not hold`;
    report.warning(rule.file.at(rule.path), `feel-${error.code}`, error.message, all);
  }
};

const EXPECTED: Readonly<Record<string, string>> = {
  boolean: "a condition that is true or false",
  number: "a formula that gives a number",
};

const tryCompile = ({ text, setting }: Rule): CompiledExpression | Pick<FeelSyntaxError, "diagnostics"> => {
  try {
    return compile(text, setting.scope);
  } catch (error) {
    if (error instanceof FeelSyntaxError) return { diagnostics: error.diagnostics };
    throw error;
  }
};

/** An undeclared name is always null: to FEEL that is a warning, but a playbook must not be published with it. */
const UNKNOWN: readonly string[] = ["unknown-name", "unknown-entry"];
const isError = ({ severity, code }: Diagnostic): boolean => severity === "error" || UNKNOWN.includes(code);

const reportDiagnostic = ({ text, file, path }: Rule, diagnostic: Diagnostic, report: Report): void => {
  const { code, message, from } = diagnostic;
  const severity = isError(diagnostic) ? "error" : "warning";
  report[severity](file.at(path, from), `feel-${code}`, message, expectationOf(text, diagnostic));
};
