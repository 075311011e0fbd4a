import { ExperimentRecorded } from "#events/experiment-recorded.ts";
import { hashId } from "#kernel/hash.ts";
import type { Experiment } from "../playbook/model/experiments.ts";
import type { CustomerState } from "../records/customer.ts";
import type { Decision } from "../records/decision.ts";
import type { DomainEvent } from "../records/effects.ts";
import type { CollectedEvent } from "../records/event.ts";

export const ASSIGNED = "assigned";
export const MERGED = "merged";

type Person = Pick<CustomerState, "customerId" | "absorbed">;
type Playbook = {
  readonly version: string;
  readonly document: { readonly experiments?: readonly Experiment[] };
};

const recorded = (fact: Omit<ExperimentRecorded, "v">): DomainEvent => ({
  id: hashId("exf", fact.eventId, fact.customerId, fact.fact),
  name: ExperimentRecorded.name,
  detail: { v: ExperimentRecorded.version, ...fact },
});

/** The facts that decisions brought their customers into experiments. */
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
            variants: experiments,
            fact: ASSIGNED,
            at,
          }),
        ],
  );

/** The fact that an event is a goal of experiments; null where it is none. Whether its customer takes part is checked later. */
export const recordedGoal = (
  event: Pick<CollectedEvent, "id" | "name" | "at" | "imported" | "properties">,
  person: Person,
  playbook: Playbook,
): DomainEvent | null => {
  const { experiments = [] } = playbook.document;
  // A mail scanner follows every link: that is no success.
  if (event.imported || event.properties?.machine === true) return null;
  const concerned = experiments
    .filter(({ goals }) => Object.hasOwn(goals, event.name))
    .map(({ name }) => name);
  if (concerned.length === 0) return null;
  return recorded({
    eventId: event.id,
    ...idsOf(person),
    playbook: playbook.version,
    experiments: concerned,
    fact: event.name,
    at: event.at,
  });
};

/**
 * Customers who turned out to be part of another: whoever counts them counts one.
 * @param merged the survivor, and whom the event made part of it
 */
export const recordedMerge = (
  cause: Pick<CollectedEvent, "id" | "at">,
  merged: Person,
  playbook: Playbook,
): DomainEvent | null => {
  const experiments = (playbook.document.experiments ?? []).filter(
    ({ activeTo, windowMs }) => activeTo === undefined || Date.parse(cause.at) <= activeTo + windowMs,
  );
  if (experiments.length === 0) return null;
  return recorded({
    eventId: cause.id,
    ...idsOf(merged),
    playbook: playbook.version,
    experiments: experiments.map(({ name }) => name),
    fact: MERGED,
    at: cause.at,
  });
};

const idsOf = ({ customerId, absorbed }: Person): Pick<ExperimentRecorded, "customerId" | "absorbed"> =>
  absorbed.length === 0 ? { customerId } : { customerId, absorbed: [...absorbed] };
