import { setTimeout as sleep } from "node:timers/promises";
import { countFact, type StoredUnit } from "#domain/experiment/unit.ts";
import type { PlaybookDocument } from "#domain/playbook/model/document.ts";
import type { ExperimentRecorded } from "#events/experiment-recorded.ts";
import { RapportError } from "#kernel/errors.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { ExperimentStore } from "#ports/experiment-store.ts";

export type ExperimentDependencies = {
  readonly playbook: (version: string) => Promise<PlaybookDocument>;
  readonly experiments: ExperimentStore;
  readonly clock: Clock;
};

const MAX_TRIES = 8;
const MAX_PAUSE_MS = 200;
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
  deps: ExperimentDependencies,
  told: ExperimentRecorded,
): Promise<void> => {
  const { experiments = [] } = await deps.playbook(told.playbook);
  const customerIds = [told.customerId, ...(told.absorbed ?? [])];
  for (const experiment of experiments) {
    if (!told.experiments.includes(experiment.name)) continue;
    for (let attempt = 0; ; attempt += 1) {
      const known = await unitsOf(deps.experiments, experiment.id, customerIds);
      const counted = countFact(experiment, told, known);
      if (counted === null) break;
      const expires = Math.ceil((deps.clock.now() + REMEMBERED_MS) / 1_000);
      if (await deps.experiments.count(experiment.id, { ...counted, expires })) break;
      if (attempt >= MAX_TRIES) {
        throw new RapportError("conflict", "a customer is counted too often at once", { retryAfter: 1 });
      }
      await sleep(Math.random() * Math.min(MAX_PAUSE_MS, 5 * 2 ** attempt));
    }
  }
};
