import { OutcomeRecorded } from "#events/outcome-recorded.ts";
import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import { EXPOSURES, type Learning } from "../playbook/model/learning.ts";
import type { Decision } from "../records/decision.ts";
import type { DomainEvent } from "../records/effects.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Contact } from "../records/permission.ts";

type Learns = Pick<Learning, "outcomes" | "impressions">;

const recorded = (fact: Omit<OutcomeRecorded, "v">): DomainEvent => ({
  id: hashId("out", fact.decisionId, fact.action, fact.outcome, fact.eventId),
  name: OutcomeRecorded.name,
  detail: { v: OutcomeRecorded.version, ...fact },
});

const text = (value: JsonObject[string] | undefined): string => (typeof value === "string" ? value : "");

/** The fact for the models that an event reported an outcome; null where the playbook learns nothing from it. */
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
  // A mail scanner follows every link: that is no success.
  if (properties.machine === true) return null;
  return recorded({ eventId: event.id, decisionId, action, outcome, at: event.at });
};

/**
 * The fact for the models that an event counts as a success of the last contact within the window. Null where it does not,
 * and for imported events.
 */
export const recordedConversion = (
  event: Pick<CollectedEvent, "id" | "name" | "type" | "at" | "imported">,
  contacts: readonly Contact[],
  learning: Pick<Learning, "conversions" | "windowMs"> | undefined,
): DomainEvent | null => {
  if (learning === undefined || event.type === "outcome" || event.imported) return null;
  if (!Object.hasOwn(learning.conversions, event.name)) return null;
  const since = new Date(Date.parse(event.at) - learning.windowMs).toISOString();
  let last: Contact | undefined;
  for (const contact of contacts) {
    if (contact.decisionId === undefined || contact.at > event.at || contact.at < since) continue;
    if (last === undefined || contact.at >= last.at) last = contact;
  }
  if (last?.decisionId === undefined) return null;
  const { decisionId, action } = last;
  return recorded({ eventId: event.id, decisionId, action, outcome: event.name, at: event.at });
};

/** Facts for the models that an answer's actions were shown; none where the playbook waits for `shown` to be reported. */
export const shownActions = (decision: Decision, learning: Learns | undefined): readonly DomainEvent[] => {
  if (learning?.impressions !== "answered" || decision.dryRun) return [];
  const { decisionId, at } = decision;
  return decision.actions.map(({ action }) =>
    recorded({ eventId: decisionId, decisionId, action, outcome: "shown", at }),
  );
};
