import { ExperimentRecorded } from "../../events/experiment-recorded.ts";
import type { Decision } from "../decision/types.ts";
import { hashId } from "../hash.ts";
import type { Experiment } from "../playbook/experiments.ts";
import type { CollectedEvent, CustomerId, DomainEvent } from "../profile/types.ts";

export const ASSIGNED = "assigned";

const recorded = (fact: Omit<ExperimentRecorded, "v">): DomainEvent => ({
  id: hashId("exf", fact.eventId, fact.customerId, fact.fact),
  name: ExperimentRecorded.name,
  detail: { v: ExperimentRecorded.version, ...fact },
});

/** A decision brings its customer into the experiments it was made under. */
export const assignments = (decisions: readonly Decision[]): readonly DomainEvent[] =>
  decisions.flatMap(({ experiments, customerId, decisionId, playbook, at, dryRun }) =>
    experiments === undefined || customerId === null || dryRun
      ? []
      : [
          recorded({
            eventId: decisionId,
            customerId,
            playbook,
            experiments: Object.keys(experiments),
            fact: ASSIGNED,
            at,
          }),
        ],
  );

/** An event that is some experiment's goal. Whether its customer takes part is known where the sums are. */
export const recordedGoal = (
  event: Pick<CollectedEvent, "id" | "name" | "at" | "imported" | "properties">,
  customerId: CustomerId,
  playbook: { readonly version: string; readonly document: { readonly experiments?: readonly Experiment[] } },
): DomainEvent | null => {
  const { experiments = [] } = playbook.document;
  // A mail scanner that follows every link is no customer who was won.
  if (event.imported || event.properties?.machine === true) return null;
  const concerned = experiments
    .filter(({ goals }) => Object.hasOwn(goals, event.name))
    .map(({ name }) => name);
  if (concerned.length === 0) return null;
  return recorded({
    eventId: event.id,
    customerId,
    playbook: playbook.version,
    experiments: concerned,
    fact: event.name,
    at: event.at,
  });
};
