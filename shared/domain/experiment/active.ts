import type { Experiment, Variant } from "../playbook/model/experiments.ts";
import { covers } from "../playbook/model/scope.ts";
import { assign } from "./assignment.ts";

/** A customer's variant in an experiment that runs here and now. */
export type Assigned = { readonly experiment: Experiment; readonly variant: Variant };

const runs = ({ activeFrom, activeTo, placements }: Experiment, placement: string, now: number): boolean =>
  now >= (activeFrom ?? now) && now < (activeTo ?? Number.POSITIVE_INFINITY) && covers(placements, placement);

/** The variants of one customer at a placement. `now`: milliseconds since the epoch. */
export const assignedAt = (
  experiments: readonly Experiment[],
  at: { readonly customerId: string; readonly placement: string; readonly now: number },
): readonly Assigned[] =>
  experiments
    .filter((experiment) => runs(experiment, at.placement, at.now))
    .map((experiment) => ({
      experiment,
      variant: assign(experiment.id, at.customerId, experiment.variants),
    }));

/** What the variants change: levers multiply, and the first experiment that names a treatment decides it. */
export const changesOf = (assigned: readonly Assigned[]) => ({
  holdout: assigned.some(({ variant }) => variant.holdout),
  leverOf: (action: string): number =>
    assigned.reduce((lever, { variant }) => lever * (variant.levers[action] ?? 1), 1),
  treatmentOf: (action: string): string | undefined =>
    assigned.find(({ variant }) => Object.hasOwn(variant.treatments, action))?.variant.treatments[action],
});
export type Changes = ReturnType<typeof changesOf>;
