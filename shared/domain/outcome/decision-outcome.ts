import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { Decision } from "../records/decision.ts";
import type { CollectedEvent } from "../records/event.ts";

export type ReportedOutcome = {
  readonly action: string;
  /** `converted`, `dismissed`, ... */
  readonly outcome: string;
  /** What it was worth, in the unit of the playbook's values. */
  readonly value?: number;
  /**
   * When it happened, ISO-8601 UTC; it distinguishes two occurrences of the same outcome. Moved to the time of the decision
   * if it is earlier, and to its arrival if it is later.
   */
  readonly at?: string;
};

/** Name under which an outcome that was reported enters the inbox: `outcome.converted`. */
const outcomeName = (outcome: string): string => `outcome.${outcome}`;

/**
 * An outcome of a decided action, as an event for the inbox. Reporting the same outcome twice gives the same event. Null
 * when the decision named no customer and no identifier, so that there is no profile to keep it.
 */
export const decisionOutcome = (
  decision: Decision,
  reported: ReportedOutcome,
  arrival: Pick<CollectedEvent, "receivedAt" | "source" | "standing">,
): CollectedEvent | null => {
  const { decisionId, customerId, ref } = decision;
  const subject = subjectOf(customerId, ref);
  if (subject === null) return null;
  const chosen = decision.actions.find(({ action }) => action === reported.action);
  const { receivedAt } = arrival;
  const { at = receivedAt } = reported;
  return {
    id: hashId("evt", "outcome", decisionId, reported.action, reported.outcome, reported.at ?? ""),
    type: "outcome",
    name: outcomeName(reported.outcome),
    ...subject,
    properties: {
      decisionId,
      action: reported.action,
      outcome: reported.outcome,
      placement: decision.placement,
      ...(chosen === undefined ? {} : { treatment: chosen.treatment }),
      ...(chosen?.channel === undefined ? {} : { channel: chosen.channel }),
      ...(reported.value === undefined ? {} : { value: reported.value }),
    } satisfies JsonObject,
    at: within(decision.at, at, receivedAt),
    receivedAt,
    source: arrival.source,
    ...(arrival.standing === undefined ? {} : { standing: arrival.standing }),
    imported: false,
    depth: decision.depth + 1,
  };
};

/** Moves a time between decision and arrival. ISO-8601 UTC, which sorts by time. */
const within = (decidedAt: string, at: string, receivedAt: string): string => {
  const notBefore = at > decidedAt ? at : decidedAt;
  return notBefore < receivedAt ? notBefore : receivedAt;
};

type Subject = Pick<CollectedEvent, "customerId" | "userId" | "anonymousId" | "identifiers">;

const subjectOf = (customerId: string | null, ref: string | undefined): Subject | null => {
  if (customerId !== null) return { customerId };
  if (ref === undefined) return null;
  const type = ref.slice(0, ref.indexOf(":"));
  const value = ref.slice(type.length + 1);
  if (type === "userId") return { userId: value };
  if (type === "anonymousId") return { anonymousId: value };
  return { identifiers: [{ type, value }] };
};
