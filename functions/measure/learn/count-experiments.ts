import { setTimeout as sleep } from "node:timers/promises";
import { RapportError } from "../../../shared/domain/errors.ts";
import { countFact } from "../../../shared/domain/experiment/unit.ts";
import type { PlaybookDocument } from "../../../shared/domain/playbook/types.ts";
import type { ExperimentRecorded } from "../../../shared/events/experiment-recorded.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { ExperimentStore } from "../../../shared/ports/experiment-store.ts";

export type ExperimentDependencies = {
  readonly playbook: (version: string) => Promise<PlaybookDocument>;
  readonly experiments: ExperimentStore;
  readonly clock: Clock;
};

const MAX_TRIES = 8;
const MAX_PAUSE_MS = 200;
/** Longer than any experiment should run: who comes back later would be counted anew. */
const REMEMBERED_MS = 400 * 86_400_000;

/** Counts what a customer did in the experiments it concerns, each fact once. */
export const countExperiments = async (
  deps: ExperimentDependencies,
  told: ExperimentRecorded,
): Promise<void> => {
  const { experiments = [] } = await deps.playbook(told.playbook);
  for (const experiment of experiments) {
    if (!told.experiments.includes(experiment.name)) continue;
    for (let attempt = 0; ; attempt += 1) {
      const unit = await deps.experiments.unit(experiment.id, told.customerId);
      const counted = countFact(experiment, told.customerId, unit, told);
      if (counted === null) break;
      const expires = Math.ceil((deps.clock.now() + REMEMBERED_MS) / 1_000);
      const change = { customerId: told.customerId, ...counted, expires };
      if (await deps.experiments.count(experiment.id, change)) break;
      if (attempt >= MAX_TRIES) {
        throw new RapportError("conflict", "a customer is counted too often at once", { retryAfter: 1 });
      }
      await sleep(Math.random() * Math.min(MAX_PAUSE_MS, 5 * 2 ** attempt));
    }
  }
};
