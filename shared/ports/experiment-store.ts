import type { Unit } from "../domain/experiment/unit.ts";
import type { Sample } from "../domain/experiment/uplift.ts";

/** Sums of experiments by variant, and who was counted. `experiment`: its id. */
export type ExperimentStore = {
  readonly unit: (experiment: string, customerId: string) => Promise<Unit | null>;
  /**
   * Both or nothing. False: somebody else wrote first, read again.
   * @param expires second since the epoch after which the customer is forgotten
   */
  readonly count: (
    experiment: string,
    change: {
      readonly customerId: string;
      readonly unit: Unit;
      readonly variant: string;
      readonly added: Sample;
      readonly expires: number;
    },
  ) => Promise<boolean>;
  readonly sums: (experiment: string) => Promise<ReadonlyMap<string, Sample>>;
};
