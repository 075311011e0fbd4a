import type { Unit } from "../../domain/experiment/unit.ts";
import { addSamples, EMPTY_SAMPLE, type Sample } from "../../domain/experiment/uplift.ts";
import type { ExperimentStore } from "../../ports/experiment-store.ts";

/** Experiments in maps. Each write is one step of the event loop: as atomic as a transaction. */
export const memoryExperimentStore = (): ExperimentStore => {
  const units = new Map<string, Unit>();
  const sums = new Map<string, Map<string, Sample>>();
  return {
    unit: async (experiment, customerId) => units.get(`${experiment}|${customerId}`) ?? null,
    count: async (experiment, { customerId, unit, variant, added }) => {
      const key = `${experiment}|${customerId}`;
      if ((units.get(key)?.version ?? 0) !== unit.version - 1) return false;
      units.set(key, unit);
      const own = sums.get(experiment) ?? new Map<string, Sample>();
      sums.set(experiment, own.set(variant, addSamples(own.get(variant) ?? EMPTY_SAMPLE, added)));
      return true;
    },
    sums: async (experiment) => sums.get(experiment) ?? new Map(),
  };
};
