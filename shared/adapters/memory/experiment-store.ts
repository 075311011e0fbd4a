import { addGroups, EMPTY_GROUP, type Group, type StoredUnit } from "#domain/experiment/unit.ts";
import type { ExperimentStore } from "#ports/experiment-store.ts";

/** Experiments in maps. Each write is one step of the event loop: as atomic as a transaction. */
export const memoryExperimentStore = (): ExperimentStore => {
  const stored = new Map<string, StoredUnit>();
  const sums = new Map<string, Map<string, Group>>();
  const keyOf = (experiment: string, customerId: string): string => `${experiment}|${customerId}`;
  return {
    units: async (experiment, customerIds) =>
      new Map(
        customerIds.flatMap((id) => {
          const unit = stored.get(keyOf(experiment, id));
          return unit === undefined ? [] : [[id, unit] as const];
        }),
      ),
    count: async (experiment, { units, added }) => {
      const isNext = ([id, { version }]: readonly [string, StoredUnit]): boolean =>
        (stored.get(keyOf(experiment, id))?.version ?? 0) === version - 1;
      if (![...units].every(isNext)) return false;
      for (const [id, unit] of units) stored.set(keyOf(experiment, id), unit);
      const own = sums.get(experiment) ?? new Map<string, Group>();
      sums.set(experiment, own);
      for (const [variant, group] of added) {
        own.set(variant, addGroups(own.get(variant) ?? EMPTY_GROUP, group));
      }
      return true;
    },
    sums: async (experiment) => sums.get(experiment) ?? new Map(),
  };
};
