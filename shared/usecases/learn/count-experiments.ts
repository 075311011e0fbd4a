import { countFact, type StoredUnit } from "#domain/experiment/unit.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { ExperimentRecorded } from "#events/experiment-recorded.ts";
import { backoff, CONFLICT, type Pause, retryConflicts } from "#kernel/retry.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { ExperimentStore } from "#ports/experiment-store.ts";

export type ExperimentDependencies = {
  readonly playbook: (version: string) => Promise<PlaybookDocument>;
  readonly experiments: ExperimentStore;
  readonly clock: Clock;
  readonly pause: Pause;
};

const MAX_TRIES = 9;
const PAUSE_MS = { first: 5, most: 200 };
/** Longer than any experiment should run: who comes back later would be counted anew. */
const REMEMBERED_MS = 400 * DAY_MS;

/** What is stored of customers, and of those they moved to. */
const unitsOf = async (
  experiments: ExperimentStore,
  experiment: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, StoredUnit>> => {
  const known = new Map<string, StoredUnit>();
  let wanted = customerIds;
  while (wanted.length > 0) {
    const found = await experiments.units(experiment, wanted);
    for (const [id, unit] of found) known.set(id, unit);
    wanted = [...found.values()].flatMap((unit) =>
      "movedTo" in unit && !known.has(unit.movedTo) ? [unit.movedTo] : [],
    );
  }
  return known;
};

/** Counts what a customer did in the experiments it concerns, each fact once. */
export const countExperiments = async (
  { playbook, experiments: store, clock, pause }: ExperimentDependencies,
  fact: ExperimentRecorded,
): Promise<void> => {
  const { experiments = [] } = await playbook(fact.playbook);
  const customerIds = [fact.customerId, ...(fact.absorbed ?? [])];
  const options = {
    tries: MAX_TRIES,
    message: "a customer is counted too often at once",
    between: (attempt: number) => pause(backoff(attempt, PAUSE_MS.first, PAUSE_MS.most)),
  };
  for (const experiment of experiments) {
    if (!fact.experiments.includes(experiment.name)) continue;
    await retryConflicts(options, async () => {
      const counted = countFact(experiment, fact, await unitsOf(store, experiment.id, customerIds));
      if (counted === null) return;
      const expires = Math.ceil((clock.now() + REMEMBERED_MS) / 1_000);
      return (await store.count(experiment.id, { ...counted, expires })) ? undefined : CONFLICT;
    });
  }
};
