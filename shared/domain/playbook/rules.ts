import type { FeelType } from "#feel/index.ts";
import { BOOLEAN, NUMBER } from "#feel/index.ts";
import { eventsLeadingTo, scopeTypes } from "./scope.ts";
import type { Action, ComputedTrait, PlaybookDocument, Segment, Trigger } from "./types.ts";

/** What a rule is compiled against, and what must come of it (null: anything). */
export type RuleSetting = {
  /** The same for settings whose scopes are the same: what stored syntax trees are found by. */
  readonly key: string;
  readonly scope: Readonly<Record<string, FeelType>>;
  readonly result: FeelType | null;
};

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
    predictor: (): RuleSetting => ({ ...over({ for: "action", events: null }), result: null }),
    source: (): RuleSetting => ({ ...over({ for: "source" }), result: null }),
  };
};
export type RuleSettings = ReturnType<typeof ruleSettings>;
