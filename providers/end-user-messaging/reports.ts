import * as z from "zod/mini";
import type { ProviderReport } from "#channels/definition/report.ts";
import type { ProviderReports } from "#ports/provider.ts";

/** Its events in as much detail as we use: "Event types" of the AWS End User Messaging SMS guide. */
const TextEvent = z.object({
  eventType: z.templateLiteral(["TEXT_", z.string()]),
  messageId: z.string(),
  /** Milliseconds since the epoch. */
  eventTimestamp: z.number(),
  isFinal: z.optional(z.boolean()),
  destinationPhoneNumber: z.string(),
  originationPhoneNumber: z.optional(z.string()),
  context: z.optional(z.record(z.string(), z.string())),
});
type TextEvent = z.infer<typeof TextEvent>;

const factOf = (event: TextEvent): ProviderReport["fact"] | null => {
  const name = event.eventType.slice("TEXT_".length);
  switch (name) {
    case "QUEUED":
    case "PENDING":
    case "SENT":
    // The carrier took it; only some countries tell whether the phone did.
    case "SUCCESSFUL":
      return { kind: "sent" };
    case "DELIVERED":
      return { kind: "delivered" };
    case "INVALID":
      return {
        kind: "bounced",
        permanent: true,
        reason: "TEXT_INVALID",
        addresses: [event.destinationPhoneNumber],
      };
    case "INVALID_MESSAGE":
    case "UNREACHABLE":
    case "CARRIER_UNREACHABLE":
    case "BLOCKED":
    case "CARRIER_BLOCKED":
    case "SPAM":
    case "UNKNOWN":
    case "TTL_EXPIRED":
    case "PROTECT_BLOCKED":
      // Not final: the carrier goes on trying, a later event tells.
      return event.isFinal === false ? null : { kind: "failed", reason: event.eventType };
    default:
      return null;
  }
};

/** A text that carries no context of ours, once it is on its way. Of its configuration set the event says nothing. */
const foreign: ProviderReports["foreign"] = (given) => {
  const { success, data: event } = z.safeParse(TextEvent, given);
  if (!success || event.context?.messageId !== undefined) return null;
  const kind = factOf(event)?.kind;
  if (kind !== "sent" && kind !== "delivered") return null;
  return {
    channel: "sms",
    providerMessageId: event.messageId,
    at: new Date(event.eventTimestamp).toISOString(),
    addresses: [event.destinationPhoneNumber],
    from: event.originationPhoneNumber ?? "",
  };
};

/** What End User Messaging tells of a text. Null for messages without a context of ours, and kinds that say nothing. */
export const reports: ProviderReports = {
  foreign,
  read: (given) => {
    const { success, data: event } = z.safeParse(TextEvent, given);
    if (!success) return undefined;
    const messageId = event.context?.messageId;
    const fact = factOf(event);
    if (messageId === undefined || fact === null) return null;
    return {
      messageId,
      providerMessageId: event.messageId,
      at: new Date(event.eventTimestamp).toISOString(),
      fact,
    };
  },
};
