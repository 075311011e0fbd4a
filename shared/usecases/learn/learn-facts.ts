import type { Decision } from "#domain/records/decision.ts";
import type { ReportFact } from "#domain/report/count.ts";
import type { DecisionRecorded } from "#events/decision-recorded.ts";
import type { OutcomeCounted } from "#events/outcome-counted.ts";
import type { OutcomeRecorded } from "#events/outcome-recorded.ts";
import { MINUTE_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { DecisionStore } from "#ports/decision-store.ts";
import { type CountingDependencies, countReports } from "./count-reports.ts";
import { type LearnDependencies, learnOutcomes } from "./learn-outcomes.ts";

/** What the worker of learning hears of decisions and what came of them, by its name on the bus. */
export type LearnFact =
  | { readonly name: "decision.recorded"; readonly detail: DecisionRecorded }
  | { readonly name: "outcome.recorded"; readonly detail: OutcomeRecorded }
  | { readonly name: "outcome.counted"; readonly detail: OutcomeCounted };

export type LearnFactsDependencies = Omit<LearnDependencies, "decisions"> &
  CountingDependencies & {
    readonly decisions: Pick<DecisionStore, "getAll">;
    readonly clock: Clock;
  };

/** No process lives longer between telling of a decision and recording it. */
const RECORDED_WITHIN_MS = MINUTE_MS;

const idsOf = ({ name, detail }: LearnFact): readonly string[] =>
  name === "decision.recorded" ? detail.decisionIds : [detail.decisionId];

const countedAs = (fact: LearnFact): readonly ReportFact[] =>
  fact.name === "decision.recorded"
    ? fact.detail.decisionIds.map((decisionId) => ({ kind: "decided", decisionId }))
    : [{ kind: "outcome", ...fact.detail }];

/** Told before it was recorded: it may still be, by a process that is at it. */
const isTooEarly = (fact: LearnFact, found: ReadonlyMap<string, Decision>, now: number): boolean =>
  fact.name === "decision.recorded" &&
  fact.detail.decisionIds.some((id) => !found.has(id)) &&
  now - Date.parse(fact.detail.at) < RECORDED_WITHIN_MS;

/**
 * Learns from facts and counts them for the reports, each exactly once however often it comes. Their decisions are read
 * once for both.
 * @returns for each fact whether it is done; one that is not is to come again, for its decision may not be recorded yet
 */
export const learnFacts = async (
  deps: LearnFactsDependencies,
  facts: readonly LearnFact[],
): Promise<readonly boolean[]> => {
  const found = await deps.decisions.getAll([...new Set(facts.flatMap(idsOf))]);
  const decisions = { get: async (id: string) => found.get(id) ?? null };
  const outcomes = facts.flatMap(({ name, detail }) => (name === "outcome.recorded" ? [detail] : []));
  await learnOutcomes({ ...deps, decisions }, outcomes);
  await countReports(deps, facts.flatMap(countedAs), found);
  const now = deps.clock.now();
  return facts.map((fact) => !isTooEarly(fact, found, now));
};
