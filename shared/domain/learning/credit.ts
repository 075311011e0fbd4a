import type { OutcomeRecorded } from "#events/outcome-recorded.ts";
import type { PlaybookDocument } from "../playbook/model/document.ts";
import { EXPOSURES, type Learning } from "../playbook/model/learning.ts";
import { type Decision, MESSAGES_PLACEMENT } from "../records/decision.ts";
import { modelTaught } from "./anybodys.ts";
import { type Arm, armOf, type Features, type Foreseen, type Observation } from "./model.ts";

/** What has been counted so far of one action of one decision. */
export type Counted = {
  /** 0: nothing is stored yet. */
  readonly version: number;
  /** Whether the customer has seen it; before that nothing of it is in the sums. */
  readonly seen: boolean;
  /** Outcome -> its worth. */
  readonly outcomes: Readonly<Record<string, number>>;
};
export const NOTHING_COUNTED: Counted = { version: 0, seen: false, outcomes: {} };

/** One choice as the models see it. */
export type Choice = {
  readonly learning: Learning;
  readonly arm: Arm;
  readonly features: Features;
  /** The propensity it was chosen with; absent: an application asked for it by name. */
  readonly expected?: number;
  /** What two learners expected of it. */
  readonly foreseen?: Foreseen;
  /** When it was to reach the customer: what waits for its hour is no older than that. Milliseconds since the epoch. */
  readonly at: number;
};

/**
 * The choice to learn from; null where the playbook did not learn then, the action is not one of its own, or whoever
 * reports it may not teach.
 */
export const choiceOf = (
  decision: Decision,
  { action, standing }: Pick<OutcomeRecorded, "action" | "standing">,
  document: PlaybookDocument,
): Choice | null => {
  const { learning } = document;
  const basis = decision.learning;
  const model = modelTaught(document, basis?.model, standing);
  if (learning === undefined || basis === undefined || model === null) return null;
  const chosen = decision.actions.find((one) => one.action === action);
  const declared = document.actions.find(({ name }) => name === action);
  if (chosen === undefined || declared === undefined) return null;
  const foreseen = basis.foreseen?.[action];
  return {
    learning: { ...learning, model },
    arm: armOf(declared, chosen.channel ?? ""),
    features: Object.fromEntries(learning.predictors.map(({ name }, at) => [name, basis.values[at] ?? null])),
    ...(decision.placement === MESSAGES_PLACEMENT ? {} : { expected: chosen.propensity }),
    ...(foreseen === undefined ? {} : { foreseen: { counters: foreseen[0], linear: foreseen[1] } }),
    at: Date.parse(chosen.sendAt ?? decision.at),
  };
};

const most = (worths: Readonly<Record<string, number>>): number => Math.max(0, ...Object.values(worths));

/** The count after a new outcome. Null when nothing changes: it was counted before, came too late, or is worth nothing. */
const countedAfter = (
  { learning, at }: Choice,
  counted: Counted,
  reported: { readonly outcome: string; readonly at: number },
): Counted | null => {
  const { outcome } = reported;
  const version = counted.version + 1;
  if (EXPOSURES.includes(outcome)) return counted.seen ? null : { ...counted, version, seen: true };
  const isOwn = Object.hasOwn(learning.outcomes, outcome);
  const worth = (isOwn ? learning.outcomes : learning.conversions)[outcome] ?? 0;
  if (worth === 0 || Object.hasOwn(counted.outcomes, outcome)) return null;
  if (reported.at - at > learning.windowMs) return null;
  return { version, seen: counted.seen || isOwn, outcomes: { ...counted.outcomes, [outcome]: worth } };
};

/**
 * What an outcome adds to the count of a choice; null: nothing. An outcome proves that the choice was seen, even if that was
 * never reported. A conversion does not: its observation stays null until it is reported that the choice was seen, because
 * a message that never left persuaded nobody.
 */
export const learnFrom = (
  choice: Choice,
  counted: Counted,
  reported: { readonly outcome: string; readonly at: number },
): { readonly observation: Observation | null; readonly counted: Counted } | null => {
  const after = countedAfter(choice, counted, reported);
  if (after === null) return null;
  if (!after.seen) return { observation: null, counted: after };
  const { arm, features, expected, foreseen, at } = choice;
  const before = counted.seen ? most(counted.outcomes) : 0;
  return {
    observation: {
      arm,
      features,
      ...(expected === undefined ? {} : { expected }),
      ...(foreseen === undefined ? {} : { foreseen }),
      at,
      trials: counted.seen ? 0 : 1,
      reward: most(after.outcomes) - before,
      before,
    },
    counted: after,
  };
};
