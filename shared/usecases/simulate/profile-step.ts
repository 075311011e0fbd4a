import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import type { Tried } from "#domain/simulation/fired-rows.ts";
import type { Simulation } from "#domain/simulation/job.ts";
import { recordOfProfile } from "#domain/simulation/profile.ts";
import { simulateRecord } from "#domain/simulation/simulate-record.ts";
import type { SimulationStore } from "#ports/simulation-store.ts";

/** Profiles a step. */
const STEP_PROFILES = 500;

/** The next profiles of the list, each asked about at every placement, at the time the simulation was asked for. */
export const profileStep = async (
  deps: { readonly simulations: Pick<SimulationStore, "profiles"> },
  simulation: Simulation,
  tried: Tried,
  live: CompiledPlaybook,
): Promise<Simulation> => {
  const { simulationId, source, cursor, tally } = simulation;
  if (source.kind !== "profiles") return simulation;
  const profiles = await deps.simulations.profiles(simulationId);
  const now = Date.parse(simulation.createdAt);
  const some = profiles.slice(cursor.profile, cursor.profile + STEP_PROFILES);
  for (const [index, profile] of some.entries()) {
    for (const placement of source.placements) {
      const asked = { simulationId, index: cursor.profile + index, placement, now };
      simulateRecord(tally, recordOfProfile(profile, live, asked), tried);
    }
  }
  const done = cursor.profile + some.length;
  return {
    ...simulation,
    status: done >= profiles.length ? "done" : "running",
    cursor: { profile: done },
  };
};
