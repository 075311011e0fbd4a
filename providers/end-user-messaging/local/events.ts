import { smsSize } from "#channels/sms/size.ts";
import type { Sent } from "#infra/local/door/provider-local.ts";
import type { JsonObject } from "#kernel/json.ts";

type Status = {
  readonly eventType: string;
  readonly status: string;
  readonly description: string;
  readonly final: boolean;
};

const status = (name: string, description: string, final = true): Status => ({
  eventType: `TEXT_${name}`,
  status: name,
  description,
  final,
});

/** Our words for what becomes of a text message, in the provider's event types. */
const STATUSES: { readonly [type: string]: Status } = {
  queued: status("QUEUED", "Message has been queued", false),
  sent: status("SUCCESSFUL", "Message has been accepted by phone carrier", false),
  delivered: status("DELIVERED", "Message has been delivered"),
  bounced: status("INVALID", "The destination phone number is invalid"),
  failed: status("UNREACHABLE", "The phone is currently unreachable or unavailable"),
  blocked: status("CARRIER_BLOCKED", "The message was blocked by the carrier"),
  unsubscribed: status("BLOCKED", "The destination phone number has opted out"),
  complained: status("SPAM", "The message was flagged as spam by the carrier"),
  expired: status("TTL_EXPIRED", "The message was not delivered within its time to live"),
  unknown: status("UNKNOWN", "The carrier reported no final status"),
};
export const SMS_EVENT_TYPES: readonly string[] = Object.keys(STATUSES);

export type SmsEvent = { readonly matching: string; readonly body: JsonObject };

/** "Messaging events", End User Messaging user guide. @returns null for a word that has no event */
export function smsEvent(sent: Sent, type: string, at: string): SmsEvent | null {
  const found = STATUSES[type];
  if (found === undefined) return null;
  const { encoding, parts } = smsSize(sent.text);
  return {
    matching: found.eventType,
    body: {
      eventType: found.eventType,
      eventVersion: "1.0",
      eventTimestamp: Date.parse(at),
      isFinal: found.final,
      originationPhoneNumber: sent.from,
      destinationPhoneNumber: sent.to,
      isInternationalSend: false,
      messageId: sent.providerMessageId,
      messageRequestTimestamp: Date.parse(sent.at),
      messageEncoding: encoding === "GSM-7" ? "GSM" : "Unicode",
      messageType: "TRANSACTIONAL",
      messageStatus: found.status,
      messageStatusDescription: found.description,
      context: sent.tags ?? {},
      totalMessageParts: parts,
      totalMessagePrice: 0.00581 * parts,
      totalCarrierFee: 0,
    },
  };
}
