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
   * When it happened, ISO-8601 UTC; it tells two occurrences of the same outcome apart. Taken for no earlier than the
   * decision and no later than its arrival.
   */
  readonly at?: string;
};

/** Name under which an outcome that was reported enters the inbox: `outcome.converted`. */
export const outcomeName = (outcome: string): string => `outcome.${outcome}`;

/**
 * What came of an action that was decided, as an event for the inbox. Reporting the same twice is the same event. Null
 * when nobody we could know was asked about: then there is no profile to keep it.
 */
export const decisionOutcome = (
  decision: Decision,
  reported: ReportedOutcome,
  arrival: { readonly receivedAt: string; readonly source: string },
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
    imported: false,
    depth: decision.depth + 1,
  };
};

/** Nothing comes of what was not decided yet, or is known before it happened. ISO-8601 UTC, which sorts by time. */
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
