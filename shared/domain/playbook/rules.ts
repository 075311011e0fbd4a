import type { FeelType } from "../../feel/index.ts";
import { BOOLEAN, NUMBER } from "../../feel/index.ts";
import { eventsLeadingTo, scopeTypes } from "./scope.ts";
import type { Action, ComputedTrait, PlaybookDocument, Segment, Trigger } from "./types.ts";

/** What a rule is compiled against, and what must come of it (null: anything). */
export type RuleSetting = {
  readonly scope: Readonly<Record<string, FeelType>>;
  readonly result: FeelType | null;
};

/**
 * The settings of every kind of rule: one place, so that validation and compilation cannot differ. Scopes are made once
 * and shared.
 */
export const ruleSettings = (document: PlaybookDocument) => {
  const scopes = new Map<string, RuleSetting["scope"]>();
  const scope = (kind: Parameters<typeof scopeTypes>[1]): RuleSetting["scope"] => {
    const key = JSON.stringify(kind);
    const made = scopes.get(key) ?? scopeTypes(document, kind);
    scopes.set(key, made);
    return made;
  };
  const ofAction = (action: Pick<Action, "placements">) =>
    scope({ for: "action", events: eventsLeadingTo(document, action.placements) });
  return {
    segment: (_: Segment): RuleSetting => ({ scope: scope({ for: "segment" }), result: BOOLEAN }),
    trigger: ({ on }: Pick<Trigger, "on">): RuleSetting => ({
      scope: scope({ for: "trigger", event: on }),
      result: BOOLEAN,
    }),
    computed: ({ event }: Pick<ComputedTrait, "event">): RuleSetting => ({
      scope: scope({ for: "computed", event }),
      result: BOOLEAN,
    }),
    eligibility: (action: Pick<Action, "placements">): RuleSetting => ({
      scope: ofAction(action),
      result: BOOLEAN,
    }),
    formula: (action: Pick<Action, "placements">): RuleSetting => ({
      scope: ofAction(action),
      result: NUMBER,
    }),
    predictor: (): RuleSetting => ({ scope: scope({ for: "action", events: null }), result: null }),
    source: (): RuleSetting => ({ scope: scope({ for: "source" }), result: null }),
  };
};
export type RuleSettings = ReturnType<typeof ruleSettings>;
