import { type Assigned, assignedAt, type Changes, changesOf } from "../../experiment/active.ts";
import { oldestId } from "../../experiment/assignment.ts";
import type { Candidate, PreparedChannel } from "../input/candidate.ts";
import type { DecideInput } from "../input/input.ts";

/** The customer's variants in the experiments that run at the placement. Anonymous visitors take part in none. */
export const assignedFor = ({ playbook, record, placement, now }: DecideInput): readonly Assigned[] => {
  const { experiments = [] } = playbook.document;
  if (record === null || experiments.length === 0) return [];
  return assignedAt(experiments, { customerId: oldestId(record.state), placement, now });
};

/** Leaves one treatment, whatever its weight: with a weight of 0 it is shown in the experiment only. */
const onlyTreatment = (channel: PreparedChannel, name: string): PreparedChannel => {
  const treatments = channel.treatments.filter((treatment) => treatment.name === name);
  // A treatment is declared by channel: elsewhere the action goes out as ever.
  if (treatments.length === 0) return channel;
  const { outsideWindow } = channel;
  return {
    ...channel,
    treatments,
    totalWeight: 1,
    ...(outsideWindow === undefined
      ? {}
      : { outsideWindow: outsideWindow && onlyApproved(outsideWindow, name) }),
  };
};

/** Of an experiment's treatment that was not approved, nothing is said where only what was may be. */
const onlyApproved = (channel: PreparedChannel, name: string): PreparedChannel | null => {
  const treatments = channel.treatments.filter((treatment) => treatment.name === name);
  return treatments.length === 0 ? null : { ...channel, treatments, totalWeight: 1 };
};

/** The candidates as the customer's variants have them. */
export const withVariants = (
  candidates: readonly Candidate[],
  assigned: readonly Assigned[],
): { readonly candidates: readonly Candidate[]; readonly changes: Changes } => {
  const changes = changesOf(assigned);
  if (assigned.length === 0) return { candidates, changes };
  return {
    changes,
    candidates: candidates.map((candidate) => {
      const { action } = candidate;
      const lever = changes.leverOf(action.name);
      const treatment = changes.treatmentOf(action.name);
      if (lever === 1 && treatment === undefined) return candidate;
      return {
        ...candidate,
        action: { ...action, lever: action.lever * lever },
        channels:
          treatment === undefined
            ? candidate.channels
            : candidate.channels.map((channel) => onlyTreatment(channel, treatment)),
      };
    }),
  };
};

/** What the record says of them: experiment -> variant. */
export const experimentsOf = (assigned: readonly Assigned[]) =>
  assigned.length === 0
    ? {}
    : {
        experiments: Object.fromEntries(
          assigned.map(({ experiment, variant }) => [experiment.name, variant.name]),
        ),
      };
