import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { Message } from "../records/message.ts";

/** What may come of a message, by the name under which it enters the inbox. */
export type MessageOutcome =
  | "message.sent"
  | "message.delivered"
  | "message.opened"
  | "message.clicked"
  | "message.bounced"
  | "message.complained"
  | "message.failed"
  | "unsubscribed";

const shortName = (name: MessageOutcome): string => name.replace(/^message\./, "");

/**
 * An outcome as an event for the inbox, on behalf of the message's customer.
 * @param occurrence distinguishes two occurrences of the same outcome (two clicks); equal ones are the same event
 * @param at ISO-8601, when it happened
 */
export function outcomeEvent(options: {
  readonly message: Message;
  readonly name: MessageOutcome;
  readonly at: string;
  readonly receivedAt: string;
  readonly occurrence?: string;
  readonly properties?: JsonObject;
}): CollectedEvent {
  const { message, name, at, receivedAt, occurrence = "", properties = {} } = options;
  return {
    id: hashId("evt", message.messageId, name, occurrence),
    type: "outcome",
    name,
    customerId: message.customerId,
    properties: {
      messageId: message.messageId,
      decisionId: message.decisionId,
      channel: message.channel,
      category: message.category,
      outcome: shortName(name),
      ...(message.action === undefined ? {} : { action: message.action }),
      ...(message.treatment === undefined ? {} : { treatment: message.treatment }),
      ...properties,
    },
    at,
    receivedAt,
    source: "rapport",
    imported: false,
    depth: message.depth + 1,
  };
}
