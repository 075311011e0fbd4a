import type { ProfilesToTry, Simulation } from "#domain/simulation/job.ts";
import type { SimulationStore } from "#ports/simulation-store.ts";

/** Simulations in maps, each as the text it is kept as: nobody shares a tally with the store. */
export const memorySimulationStore = (): SimulationStore => {
  const kept = new Map<string, { readonly step: number; readonly text: string }>();
  const lists = new Map<string, ProfilesToTry>();
  const put = (simulation: Simulation): void => {
    kept.set(simulation.simulationId, { step: simulation.step, text: JSON.stringify(simulation) });
  };
  return {
    create: async (simulation, profiles) => {
      put(simulation);
      lists.set(simulation.simulationId, profiles);
    },
    get: async (simulationId) => {
      const found = kept.get(simulationId);
      return found === undefined ? null : JSON.parse(found.text);
    },
    save: async (simulation) => {
      if (kept.get(simulation.simulationId)?.step !== simulation.step - 1) return "conflict";
      put(simulation);
      return "saved";
    },
    profiles: async (simulationId) => lists.get(simulationId) ?? [],
  };
};
