import { OutcomeRecorded } from "../../events/outcome-recorded.ts";
import type { Decision } from "../decision/types.ts";
import { hashId } from "../hash.ts";
import { EXPOSURES, type Learning } from "../playbook/learning.ts";
import type { CollectedEvent, DomainEvent, JsonObject } from "../profile/types.ts";

type Learns = Pick<Learning, "outcomes" | "impressions">;

const recorded = (fact: Omit<OutcomeRecorded, "v">): DomainEvent => ({
  id: hashId("out", fact.decisionId, fact.action, fact.outcome, fact.eventId),
  name: OutcomeRecorded.name,
  detail: { v: OutcomeRecorded.version, ...fact },
});

const text = (value: JsonObject[string] | undefined): string => (typeof value === "string" ? value : "");

/** An outcome that came in as an event, for the models; null where the playbook learns nothing from it. */
export const recordedOutcome = (
  event: Pick<CollectedEvent, "id" | "type" | "properties" | "at">,
  learning: Learns | undefined,
): DomainEvent | null => {
  if (learning === undefined || event.type !== "outcome") return null;
  const { properties = {} } = event;
  const decisionId = text(properties.decisionId);
  const action = text(properties.action);
  const outcome = text(properties.outcome);
  if (decisionId === "" || action === "") return null;
  if (!EXPOSURES.includes(outcome) && !Object.hasOwn(learning.outcomes, outcome)) return null;
  // A mail scanner that follows every link is no customer who was won.
  if (properties.machine === true) return null;
  return recorded({ eventId: event.id, decisionId, action, outcome, at: event.at });
};

/** Whoever is answered shows it at once, unless the playbook waits to be told. */
export const shownActions = (decision: Decision, learning: Learns | undefined): readonly DomainEvent[] => {
  if (learning?.impressions !== "answered" || decision.dryRun) return [];
  const { decisionId, at } = decision;
  return decision.actions.map(({ action }) =>
    recorded({ eventId: decisionId, decisionId, action, outcome: "shown", at }),
  );
};
