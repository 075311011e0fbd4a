import type { ProviderReport } from "#domain/outcome/provider-report.ts";
import type { SmsEvent } from "./schema.ts";

const factOf = (event: SmsEvent): ProviderReport["fact"] | null => {
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

/** Null for messages that carry no context of ours, and for kinds that say nothing. */
export function readSmsEvent(event: SmsEvent): ProviderReport | null {
  const messageId = event.context?.messageId;
  const fact = factOf(event);
  if (messageId === undefined || fact === null) return null;
  return {
    messageId,
    providerMessageId: event.messageId,
    at: new Date(event.eventTimestamp).toISOString(),
    fact,
  };
}
