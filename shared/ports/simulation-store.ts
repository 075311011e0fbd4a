import type { ProfilesToTry, Simulation } from "#domain/simulation/job.ts";

export type SimulationStore = {
  /** A new simulation with the profiles it is about, if it is about profiles. */
  readonly create: (simulation: Simulation, profiles: ProfilesToTry) => Promise<void>;
  readonly get: (simulationId: string) => Promise<Simulation | null>;
  /** Conditional on the stored step being `step - 1`; `conflict`: another worker made this step. */
  readonly save: (simulation: Simulation) => Promise<"saved" | "conflict">;
  readonly profiles: (simulationId: string) => Promise<ProfilesToTry>;
};
