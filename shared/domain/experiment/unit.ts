import type { Experiment } from "../playbook/experiments.ts";
import { assign } from "./assignment.ts";
import { ASSIGNED } from "./recorded.ts";
import type { Sample } from "./uplift.ts";

/** One customer in one experiment. */
export type Unit = {
  /** 0: nothing is stored yet. */
  readonly version: number;
  readonly variant: string;
  /** When the customer came in, ISO-8601 UTC. */
  readonly since: string;
  /** The greatest worth of the goals reached, 0..1. */
  readonly value: number;
};
export type Counted = { readonly unit: Unit; readonly variant: string; readonly added: Sample };

/**
 * What a fact changes for a customer: coming in counts once; a goal counts within the window, by how much it exceeds what
 * was reached before. Null: nothing.
 */
export const countFact = (
  experiment: Experiment,
  customerId: string,
  unit: Unit | null,
  told: { readonly fact: string; readonly at: string },
): Counted | null => {
  if (told.fact === ASSIGNED) {
    if (unit !== null) return null;
    const variant = assign(experiment.id, customerId, experiment.variants).name;
    return {
      variant,
      unit: { version: 1, variant, since: told.at, value: 0 },
      added: { count: 1, sum: 0, sumOfSquares: 0 },
    };
  }
  const worth = experiment.goals[told.fact] ?? 0;
  if (unit === null || worth <= unit.value) return null;
  const age = Date.parse(told.at) - Date.parse(unit.since);
  if (age < 0 || age > experiment.windowMs) return null;
  return {
    variant: unit.variant,
    unit: { ...unit, version: unit.version + 1, value: worth },
    added: { count: 0, sum: worth - unit.value, sumOfSquares: worth ** 2 - unit.value ** 2 },
  };
};
