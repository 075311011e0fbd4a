import { BOOLEAN, DEFAULT_LIMITS, NUMBER } from "#feel/index.ts";
import type { ComputedTrait } from "../model/data-model.ts";
import type { Action, PlaybookDocument, Segment, Trigger } from "../model/document.ts";
import type { Journey } from "../model/journeys.ts";
import type { WebhookEvent } from "../model/webhooks.ts";
import type { RuleSetting } from "./rule-source.ts";
import { eventsLeadingTo, scopeTypes } from "./scope.ts";

/**
 * Steps that all rules of one event or one decision may take together. Twice the limit of a single rule, so that one that
 * exceeds its limit leaves as much for the others.
 */
export const RULES_BUDGET = 2 * DEFAULT_LIMITS.steps;

/**
 * The settings of every kind of rule: one place, so that validation and compilation cannot differ. Scopes are made once
 * and shared.
 */
export const ruleSettings = (document: PlaybookDocument) => {
  const scopes = new Map<string, RuleSetting["scope"]>();
  const over = (kind: Parameters<typeof scopeTypes>[1]): Pick<RuleSetting, "key" | "scope"> => {
    const key = JSON.stringify(kind);
    const scope = scopes.get(key) ?? scopeTypes(document, kind);
    scopes.set(key, scope);
    return { key, scope };
  };
  const ofAction = (action: Pick<Action, "placements">) =>
    over({ for: "action", events: eventsLeadingTo(document, action.placements) });
  return {
    segment: (_: Segment): RuleSetting => ({ ...over({ for: "segment" }), result: BOOLEAN }),
    trigger: ({ on }: Pick<Trigger, "on">): RuleSetting => ({
      ...over({ for: "trigger", event: on }),
      result: BOOLEAN,
    }),
    /** When a trigger's day is. */
    moment: (): RuleSetting => ({ ...over({ for: "segment" }), result: null }),
    computed: ({ event }: Pick<ComputedTrait, "event">): RuleSetting => ({
      ...over({ for: "computed", event }),
      result: BOOLEAN,
    }),
    eligibility: (action: Pick<Action, "placements">): RuleSetting => ({
      ...ofAction(action),
      result: BOOLEAN,
    }),
    formula: (action: Pick<Action, "placements">): RuleSetting => ({
      ...ofAction(action),
      result: NUMBER,
    }),
    /** Whom a send is for. */
    audience: (): RuleSetting => ({ ...over({ for: "audience" }), result: BOOLEAN }),
    /** Whether a rule may answer a customer. */
    reply: (): RuleSetting => ({ ...over({ for: "segment" }), result: BOOLEAN }),
    hold: (): RuleSetting => ({ ...over({ for: "segment" }), result: BOOLEAN }),
    predictor: (): RuleSetting => ({ ...over({ for: "action", events: null }), result: null }),
    /** What a system outside is told of an event. */
    field: ({ on }: Pick<WebhookEvent, "on">): RuleSetting => ({
      ...over({ for: "trigger", event: on }),
      result: null,
    }),
    journeyKey: ({ enter }: Pick<Journey, "enter">): RuleSetting => ({
      ...over({ for: "trigger", event: enter?.on ?? "" }),
      result: null,
    }),
    /** `event`: the one that the rule is about; null: none. */
    journeyRule: ({ enter }: Pick<Journey, "enter">, event: string | null): RuleSetting => ({
      ...over({ for: "journey", entry: enter?.on ?? null, event }),
      result: BOOLEAN,
    }),
    journeyMoment: ({ enter }: Pick<Journey, "enter">): RuleSetting => ({
      ...over({ for: "journey", entry: enter?.on ?? null, event: null }),
      result: null,
    }),
    source: (): RuleSetting => ({ ...over({ for: "source" }), result: null }),
  };
};
export type RuleSettings = ReturnType<typeof ruleSettings>;
