import { OutcomeCounted } from "#events/outcome-counted.ts";
import { OutcomeRecorded } from "#events/outcome-recorded.ts";
import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import { isPublic } from "../identity/standing.ts";
import { EXPOSURES, type Learning } from "../playbook/model/learning.ts";
import type { Decision } from "../records/decision.ts";
import type { DomainEvent } from "../records/effects.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Contact } from "../records/permission.ts";

type Learns = Pick<Learning, "outcomes" | "impressions">;

/** @param isAnybodys whether it is the word of a public key */
const recorded = (fact: Omit<OutcomeRecorded, "v" | "standing">, isAnybodys: boolean): DomainEvent => ({
  id: hashId("out", fact.decisionId, fact.action, fact.outcome, fact.eventId),
  name: OutcomeRecorded.name,
  detail: { v: OutcomeRecorded.version, ...fact, ...(isAnybodys ? { standing: "public" } : {}) },
});

const text = (value: JsonObject[string] | undefined): string => (typeof value === "string" ? value : "");

/** What an event is worth, where it says so in a number. */
const worth = (value: JsonObject[string] | undefined): { readonly value?: number } =>
  typeof value === "number" ? { value } : {};

type ReportedEvent = Pick<CollectedEvent, "id" | "type" | "properties" | "at" | "standing">;

/** What an event reported of a decision; null: it is none, or a mail scanner followed every link, which is no success. */
const reportedOf = ({ id, type, properties = {}, at }: ReportedEvent) => {
  if (type !== "outcome" || properties.machine === true) return null;
  const decisionId = text(properties.decisionId);
  if (decisionId === "") return null;
  return {
    eventId: id,
    decisionId,
    action: text(properties.action),
    outcome: text(properties.outcome),
    ...worth(properties.value),
    at,
  };
};

/** The fact for the models that an event reported an outcome; null where the playbook learns nothing from it. */
export const recordedOutcome = (event: ReportedEvent, learning: Learns | undefined): DomainEvent | null => {
  const fact = reportedOf(event);
  if (learning === undefined || fact === null || fact.action === "") return null;
  const { outcome } = fact;
  if (!EXPOSURES.includes(outcome) && !Object.hasOwn(learning.outcomes, outcome)) return null;
  return recorded(fact, isPublic(event));
};

/** A fact for the reports alone. */
export const countedFact = (fact: Omit<OutcomeCounted, "v">): DomainEvent => ({
  id: hashId("cnt", fact.decisionId, fact.action ?? "", fact.outcome, fact.eventId),
  name: OutcomeCounted.name,
  detail: { v: OutcomeCounted.version, ...fact },
});

/** The fact for the reports that an event reported an outcome which no model learns from; null where it reported none. */
export const countedOutcome = (event: ReportedEvent): DomainEvent | null => {
  const fact = reportedOf(event);
  if (fact === null) return null;
  const { action, ...rest } = fact;
  return countedFact(action === "" ? rest : fact);
};

/**
 * The fact for the models that an event counts as a success of the last contact within the window. Null where it does not,
 * and for imported events.
 */
export const recordedConversion = (
  event: Pick<CollectedEvent, "id" | "name" | "type" | "at" | "imported" | "properties" | "standing">,
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
  // What a page says of money, anybody may have said.
  const value = isPublic(event) ? {} : worth(event.properties?.revenue);
  const { id: eventId, name: outcome, at } = event;
  return recorded({ eventId, decisionId, action, outcome, ...value, at }, isPublic(event));
};

/** Facts for the models that an answer's actions were shown; none where the playbook waits for `shown` to be reported. */
export const shownActions = (decision: Decision, learning: Learns | undefined): readonly DomainEvent[] => {
  if (learning?.impressions !== "answered" || decision.dryRun) return [];
  const { decisionId, at } = decision;
  return decision.actions.map(({ action }) =>
    recorded({ eventId: decisionId, decisionId, action, outcome: "shown", at }, false),
  );
};
