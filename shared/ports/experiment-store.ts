import type { Counted, Group, StoredUnit } from "#domain/experiment/unit.ts";

/** Sums of experiments by variant, and who was counted. `experiment`: its id. */
export type ExperimentStore = {
  /** Those that are stored, by customer. A request for each hundred. */
  readonly units: (
    experiment: string,
    customerIds: readonly string[],
  ) => Promise<ReadonlyMap<string, StoredUnit>>;
  /**
   * All or nothing. False: somebody else wrote first, read again.
   * @param change.expires second since the epoch after which the customers are forgotten
   */
  readonly count: (experiment: string, change: Counted & { readonly expires: number }) => Promise<boolean>;
  readonly sums: (experiment: string) => Promise<ReadonlyMap<string, Group>>;
};
