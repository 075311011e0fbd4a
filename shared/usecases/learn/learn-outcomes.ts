import { BINNING_CUTS, learnBinning } from "#domain/learning/binning.ts";
import { type Choice, type Counted, choiceOf, learnFrom } from "#domain/learning/credit.ts";
import { learnerOf } from "#domain/learning/learner.ts";
import { addCell, type Cell, EMPTY_CELL, type Observation } from "#domain/learning/model.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Learning } from "#domain/playbook/model/learning.ts";
import type { Decision } from "#domain/records/decision.ts";
import type { OutcomeRecorded } from "#events/outcome-recorded.ts";
import { backoff, CONFLICT, type Conflict, type Pause, retryConflicts } from "#kernel/retry.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { DecisionStore } from "#ports/decision-store.ts";
import type { LearningStore } from "#ports/learning-store.ts";

export type LearnDependencies = {
  readonly decisions: Pick<DecisionStore, "get">;
  /** A playbook by version: what was known of the customer is read as the playbook of the decision declared it. */
  readonly playbook: (version: string) => Promise<PlaybookDocument>;
  readonly learning: LearningStore;
  readonly clock: Clock;
  readonly pause: Pause;
};

type CreditedChoice = { readonly outcome: OutcomeRecorded; readonly choice: Choice };

const MAX_TRIES = 10;
const PAUSE_MS = { first: 10, most: 300 };
/** The queue may hand an outcome over again for as long as this after its window has closed. */
const LATE_MS = 30 * DAY_MS;

const creditedChoices = async (
  deps: LearnDependencies,
  all: readonly OutcomeRecorded[],
): Promise<CreditedChoice[]> => {
  const decisions = new Map<string, Promise<Decision | null>>();
  for (const { decisionId } of all) {
    if (!decisions.has(decisionId)) decisions.set(decisionId, deps.decisions.get(decisionId));
  }
  const credited = await Promise.all(
    all.map(async (outcome): Promise<CreditedChoice | null> => {
      const decision = (await decisions.get(outcome.decisionId)) ?? null;
      if (decision === null) return null;
      const choice = choiceOf(decision, outcome, await deps.playbook(decision.playbook));
      return choice === null ? null : { outcome, choice };
    }),
  );
  return credited.filter((one) => one !== null);
};

const keyOf = ({ outcome }: CreditedChoice): string => `${outcome.decisionId}|${outcome.action}`;

/** What outcomes add to what is counted of their choices; one entry a choice, however many outcomes of it came at once. */
const observationsOf = (credited: readonly CreditedChoice[], before: ReadonlyMap<string, Counted>) => {
  const counted = new Map(before);
  const changed = new Map<string, CreditedChoice>();
  const observations: Observation[] = [];
  for (const one of credited) {
    const key = keyOf(one);
    const known = counted.get(key);
    if (known === undefined) continue;
    const learnt = learnFrom(one.choice, known, {
      outcome: one.outcome.outcome,
      at: Date.parse(one.outcome.at),
    });
    if (learnt === null) continue;
    if (learnt.observation !== null) observations.push(learnt.observation);
    counted.set(key, { ...learnt.counted, version: (before.get(key)?.version ?? 0) + 1 });
    changed.set(key, one);
  }
  const entries = [...changed].flatMap(([key, { outcome }]) => {
    const one = counted.get(key);
    return one === undefined
      ? []
      : [{ decisionId: outcome.decisionId, action: outcome.action, counted: one }];
  });
  return { observations, entries };
};

const sumOf = (
  learning: Learning,
  binning: Parameters<typeof learnerOf>[1],
  observations: readonly Observation[],
) => {
  const learner = learnerOf(learning, binning);
  const sums = new Map<string, Cell>();
  for (const observation of observations) {
    for (const [key, cell] of learner.observe(observation)) {
      sums.set(key, addCell(sums.get(key) ?? EMPTY_CELL, cell));
    }
  }
  return sums;
};

/** Cuts bins when there are enough observations. Whoever comes second finds it done. */
const cutBins = async ({ learning: store }: LearnDependencies, learning: Learning): Promise<void> => {
  const { model, predictors } = learning;
  const { cuts, sampled } = await store.head(model);
  if (sampled < (BINNING_CUTS[cuts] ?? Number.POSITIVE_INFINITY)) return;
  const sample = await store.sample(model);
  const binning = learnBinning(
    sample.filter(({ trials }) => trials !== 0).map(({ features }) => features),
    predictors.map(({ name }) => name),
  );
  await store.recut(model, { cuts, sampled, binning, delta: sumOf(learning, binning, sample) });
};

/** One batch of outcomes; true when it went into the sample by which bins are cut. */
const learnOnce = async (
  { learning: store, clock }: LearnDependencies,
  credited: readonly CreditedChoice[],
  learning: Choice["learning"],
): Promise<boolean | Conflict> => {
  const choices = [...new Map(credited.map((one) => [keyOf(one), one.outcome])).entries()];
  const outcomes = choices.map(([, one]) => one);
  const [head, counted] = await Promise.all([
    store.head(learning.model),
    store.counted(learning.model, outcomes),
  ]);
  const before = new Map(choices.flatMap(([key], at) => (counted[at] ? [[key, counted[at]] as const] : [])));
  const { observations, entries } = observationsOf(credited, before);
  if (entries.length === 0) return false;
  const samples = head.cuts < BINNING_CUTS.length && observations.length > 0;
  const after = head.sampled + observations.length;
  const written = await store.write(learning.model, {
    cuts: head.cuts,
    counted: entries,
    delta: sumOf(learning, head.binning, observations),
    expires: Math.ceil((clock.now() + learning.windowMs + LATE_MS) / 1_000),
    ...(samples ? { sample: { observations, before: head.sampled, after } } : {}),
  });
  return written ? samples : CONFLICT;
};

const learnModel = async (deps: LearnDependencies, credited: readonly CreditedChoice[]): Promise<void> => {
  const [first] = credited;
  if (first === undefined) return;
  const { learning } = first.choice;
  const sampled = await retryConflicts(
    {
      tries: MAX_TRIES,
      message: "too many outcomes are being learnt at once",
      between: (attempt) => deps.pause(backoff(attempt, PAUSE_MS.first, PAUSE_MS.most)),
    },
    () => learnOnce(deps, credited, learning),
  );
  if (sampled) await cutBins(deps, learning);
};

/** Learns from outcomes, each exactly once however often it comes: what was counted is written with the sums. */
export const learnOutcomes = async (
  deps: LearnDependencies,
  outcomes: readonly OutcomeRecorded[],
): Promise<void> => {
  const credited = await creditedChoices(deps, outcomes);
  for (const own of Map.groupBy(credited, ({ choice }) => choice.learning.model).values()) {
    await learnModel(deps, own);
  }
};
