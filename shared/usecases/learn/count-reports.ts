import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { Decision } from "#domain/records/decision.ts";
import { COUNTED_FOR_MS, countFacts, NOT_COUNTED, type ReportFact } from "#domain/report/count.ts";
import { backoff, CONFLICT, type Pause, retryConflicts } from "#kernel/retry.ts";
import { DAY_MS } from "#kernel/time.ts";
import { MOST_WRITES, type ReportChange, type ReportStore } from "#ports/report-store.ts";

export type CountingDependencies = {
  /** A playbook by version: days are those of the brand that decided. */
  readonly playbook: (version: string) => Promise<PlaybookDocument>;
  readonly reports: Pick<ReportStore, "marks" | "count">;
  readonly pause: Pause;
};

const MAX_TRIES = 10;
const PAUSE_MS = { first: 10, most: 300 };
/** The queue may hand a fact over again for as long as this after it counts no more. */
const LATE_MS = 30 * DAY_MS;

type FactsOfOne = readonly [decision: Decision, facts: readonly ReportFact[]];

const changesOf = async (
  { playbook, reports }: CountingDependencies,
  groups: readonly FactsOfOne[],
): Promise<readonly ReportChange[]> => {
  const marks = await reports.marks(groups.map(([{ decisionId }]) => decisionId));
  const changes = await Promise.all(
    groups.map(async ([decision, facts], at): Promise<ReportChange | null> => {
      const document = await playbook(decision.playbook);
      const counted = countFacts(decision, facts, marks[at] ?? NOT_COUNTED, document);
      if (counted === null) return null;
      const expires = Math.ceil((Date.parse(decision.at) + COUNTED_FOR_MS + LATE_MS) / 1_000);
      return { ...counted, decisionId: decision.decisionId, expires };
    }),
  );
  return changes.filter((change) => change !== null);
};

/** As many as one transaction holds, one after another. */
const packed = (changes: readonly ReportChange[]): readonly (readonly ReportChange[])[] => {
  const packs: ReportChange[][] = [];
  let room = 0;
  for (const change of changes) {
    const size = 1 + change.added.length;
    const last = packs.at(-1);
    if (last === undefined || size > room) {
      packs.push([change]);
      room = MOST_WRITES - size;
    } else {
      last.push(change);
      room -= size;
    }
  }
  return packs;
};

/**
 * Counts facts of decisions in the reports, each exactly once however often it comes: what was counted of a decision is
 * written with the sums. Facts of decisions that are not given add nothing.
 * @param decisions those that the facts are about, as far as there is a record, by id; at most a hundred
 */
export const countReports = async (
  deps: CountingDependencies,
  facts: readonly ReportFact[],
  decisions: ReadonlyMap<string, Decision>,
): Promise<void> => {
  const groups = [...Map.groupBy(facts, ({ decisionId }) => decisionId)].flatMap(
    ([decisionId, own]): FactsOfOne[] => {
      const decision = decisions.get(decisionId);
      return decision === undefined ? [] : [[decision, own]];
    },
  );
  if (groups.length === 0) return;
  const options = {
    tries: MAX_TRIES,
    message: "too much is being counted at once",
    between: (attempt: number) => deps.pause(backoff(attempt, PAUSE_MS.first, PAUSE_MS.most)),
  };
  await retryConflicts(options, async () => {
    for (const pack of packed(await changesOf(deps, groups)))
      if (!(await deps.reports.count(pack))) return CONFLICT;
  });
};
