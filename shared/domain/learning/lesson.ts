import { armOf } from "../decision/learnt.ts";
import type { Decision } from "../decision/types.ts";
import { EXPOSURES, type Learning } from "../playbook/learning.ts";
import type { PlaybookDocument } from "../playbook/types.ts";
import type { Arm, Features, Observation } from "./model.ts";

/** What is counted already of one action of one decision. */
export type Counted = {
  /** 0: nothing is stored yet. */
  readonly version: number;
  readonly seen: boolean;
  /** Outcome -> what it is worth. */
  readonly outcomes: Readonly<Record<string, number>>;
};
export const NOTHING_COUNTED: Counted = { version: 0, seen: false, outcomes: {} };

/** One choice as the models see it. */
export type Choice = {
  readonly learning: Learning;
  readonly arm: Arm;
  readonly features: Features;
  /** The propensity it was chosen with. */
  readonly expected: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
};

/** Null when nothing is to be learnt from it: the playbook did not learn then, or the action is not one of its own. */
export const choiceOf = (decision: Decision, action: string, document: PlaybookDocument): Choice | null => {
  const { learning } = document;
  const lesson = decision.learning;
  if (learning === undefined || lesson === undefined || lesson.model !== learning.model) return null;
  const chosen = decision.actions.find((one) => one.action === action);
  const declared = document.actions.find(({ name }) => name === action);
  if (chosen === undefined || declared === undefined) return null;
  return {
    learning,
    arm: armOf(declared, chosen.channel ?? ""),
    features: Object.fromEntries(
      learning.predictors.map(({ name }, at) => [name, lesson.values[at] ?? null]),
    ),
    expected: chosen.propensity,
    at: Date.parse(decision.at),
  };
};

const most = (worths: Readonly<Record<string, number>>): number => Math.max(0, ...Object.values(worths));

/**
 * What an outcome adds to what was counted of a choice. Null: nothing, since it is known already, came too late, or is
 * worth nothing. Whatever came of a choice was seen, even if nobody told so.
 */
export const learnFrom = (
  choice: Choice,
  counted: Counted,
  told: { readonly outcome: string; readonly at: number },
): { readonly observation: Observation; readonly counted: Counted } | null => {
  const { learning, arm, features, expected, at } = choice;
  const trials = counted.seen ? 0 : 1;
  const base = { arm, features, expected, at, trials } as const;
  if (EXPOSURES.includes(told.outcome)) {
    if (counted.seen) return null;
    return {
      observation: { ...base, reward: 0 },
      counted: { ...counted, version: counted.version + 1, seen: true },
    };
  }
  const worth = learning.outcomes[told.outcome] ?? learning.conversions[told.outcome] ?? 0;
  if (worth === 0 || Object.hasOwn(counted.outcomes, told.outcome)) return null;
  if (told.at - at > learning.windowMs) return null;
  const before = most(counted.outcomes);
  const outcomes = { ...counted.outcomes, [told.outcome]: worth };
  return {
    observation: { ...base, reward: most(outcomes) - before, before },
    counted: { version: counted.version + 1, seen: true, outcomes },
  };
};
