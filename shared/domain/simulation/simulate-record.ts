import { drawsFrom } from "../decision/explore/random.ts";
import { replay, takesOrder, wasChosen } from "../decision-log/replay.ts";
import type { LogRecord } from "../decision-log/types.ts";
import type { CompiledPlaybook } from "../playbook/model/compiled.ts";
import type { Decision } from "../records/decision.ts";
import { addSample } from "./evidence.ts";
import { countFired, type Tried } from "./fired-rows.ts";
import { guess, learnGuess } from "./guess.ts";
import { choiceOf, countDecision, countSkipped, type Tally } from "./tally.ts";

/** Independent draws that stand for the choices the tried version might have made instead. */
const DRAWS = 8;

type Chosen = Pick<Decision, "actions">;
/** A logged decision, decided again by the tried version. */
type Replayed = { readonly playbook: CompiledPlaybook; readonly again: ReturnType<typeof replay> };

/** Each probability is conditional on the picks before it: their product is that of the whole answer. */
const probabilityOf = ({ actions }: Chosen): number =>
  actions.reduce((all, { probability }) => all * probability, 1);

/**
 * Probability that the tried version makes the logged choice. Exact when it made it with the recorded numbers or draws
 * nothing; else the share of independent draws that lead to it, which is right on average, as the estimators need it.
 */
const targetOf = (
  record: LogRecord,
  { playbook, again }: Replayed,
): { readonly target: number; readonly choices: readonly string[] } => {
  const wanted = choiceOf(record.decision);
  const own = choiceOf(again.decision);
  const drewNothing = (again.basis?.draws.length ?? 0) === 0;
  if (drewNothing) return { target: own === wanted ? 1 : 0, choices: [own] };
  const choices = Array.from({ length: DRAWS }, (_, index) =>
    choiceOf(replay(record, playbook, drawsFrom(`${record.decisionId}#simulated#${index}`)).decision),
  );
  if (own === wanted) return { target: probabilityOf(again.decision), choices };
  return { target: choices.filter((choice) => choice === wanted).length / DRAWS, choices };
};

/** Adds the decision's reward to the evidence for and against the tried version. */
const weigh = (
  tally: Tally,
  record: LogRecord,
  { playbook, again, reward }: Replayed & { readonly reward: number },
): void => {
  const logged = probabilityOf(record.decision);
  if (!(logged > 0)) return;
  const { target, choices } = targetOf(record, { playbook, again });
  const wanted = choiceOf(record.decision);
  const { guesses } = tally;
  tally.evidence = addSample(tally.evidence, {
    // An anonymous decision has no customer: it makes a group of its own.
    customer: record.customerId ?? record.decisionId,
    reward,
    logged,
    target,
    guessLogged: guess(guesses, wanted),
    guessTarget: choices.reduce((sum, choice) => sum + guess(guesses, choice), 0) / choices.length,
  });
  tally.guesses = learnGuess(guesses, wanted, reward);
};

/** Why a record cannot be replayed by the version, or null. */
const obstacleTo = (record: LogRecord, playbook: CompiledPlaybook): "recovered" | "refused" | null => {
  // What it was decided on is not in it: replayed, it would be a decision about nobody.
  if (record.recovered === true) return "recovered";
  return takesOrder(record, playbook) ? null : "refused";
};

/**
 * Decides one logged decision again by another version and counts what would have been different. Others' decisions stay
 * as they were: each is replayed with the contact history it had then.
 * @param tried the other version, and what its decision tables answer where that is counted
 * @param reward what came of it, for the estimators; undefined: nobody asked, or nobody can tell
 */
export const simulateRecord = (
  tally: Tally,
  record: LogRecord,
  { playbook, answered }: Tried,
  reward?: number,
): void => {
  const obstacle = obstacleTo(record, playbook);
  if (obstacle !== null) {
    countSkipped(tally, obstacle);
    return;
  }
  try {
    answered?.();
    const again = replay(record, playbook);
    const answers = answered?.() ?? [];
    if (tally.tables !== undefined) countFired(tally.tables, answers);
    countDecision(tally, {
      decisionId: record.decisionId,
      segments: record.state?.segments ?? [],
      before: record.decision,
      after: again.decision,
    });
    // What was named by its application says nothing about how well a version chooses.
    if (reward !== undefined && wasChosen(record)) weigh(tally, record, { playbook, again, reward });
  } catch {
    // A record of an older release that this one cannot decide on: counted, and no end of the whole simulation.
    countSkipped(tally, "failed");
  }
};
