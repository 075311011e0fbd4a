import { EXAMPLE } from "#channels/sms/message.ts";
import type { ProviderContract } from "#ports/provider-contract.ts";
import { awsAnswer, awsError } from "#providers/wire/aws-answer.ts";
import { CONFIGURATION_SET } from "./settings.ts";

const AT = "2027-01-01T11:30:00.000Z";
const eventOf = (eventType: string, more: object = {}) => ({
  eventType,
  eventTimestamp: Date.parse(AT),
  isFinal: true,
  destinationPhoneNumber: "+4915112345678",
  messageId: "sms-1",
  context: { messageId: "msg_1" },
  ...more,
});
/** A refusal that tells its kind by `Reason`. */
const because = (name: string, Reason: string) => awsError(name, 400, "", { Reason });
const waiting = (reason: string) => ({ result: "later", reason, retryAfterMs: 900_000 }) as const;
const ids = { messageId: "msg_1", providerMessageId: "sms-1", at: AT };

export const contract: ProviderContract = {
  sending: {
    sms: {
      settings: () => ({ [CONFIGURATION_SET]: "rapport-test" }),
      rights: {
        "sms-voice configuration-set/rapport-prod": "sms-voice:SendTextMessage",
        "sms-voice phone-number/*": "sms-voice:SendTextMessage",
        "sms-voice pool/*": "sms-voice:SendTextMessage",
        "sms-voice sender-id/*": "sms-voice:SendTextMessage",
      },
      message: EXAMPLE,
      request: {
        path: "/",
        body: {
          DestinationPhoneNumber: "+4915112345678",
          OriginationIdentity: "+15550100",
          MessageBody: "Hi",
          MessageType: "PROMOTIONAL",
          ConfigurationSetName: "rapport-test",
          Context: { messageId: "msg_1" },
          // The carrier gives up at the message's own deadline.
          TimeToLive: 3_600,
        },
      },
      accepted: [
        {
          answer: awsAnswer({ MessageId: "sms-1" }),
          result: { result: "accepted", providerMessageId: "sms-1" },
        },
      ],
      refused: [
        {
          answer: because("ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT"),
          result: { result: "refused", reason: "opted out" },
        },
        {
          answer: because("ConflictException", "DESTINATION_COUNTRY_BLOCKED"),
          result: { result: "refused", reason: "DESTINATION_COUNTRY_BLOCKED" },
        },
        {
          answer: awsError("ValidationException"),
          result: { result: "refused", reason: "ValidationException" },
        },
      ],
      senderAtFault: [
        {
          answer: awsError("ResourceNotFoundException", 404),
          result: { result: "later", reason: "ResourceNotFound", retryAfterMs: 300_000 },
        },
        { answer: awsError("ServiceQuotaExceededException"), result: waiting("quota") },
        {
          answer: because("ServiceQuotaExceededException", "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"),
          result: waiting("quota"),
        },
        // The phone number is pending.
        { answer: because("ConflictException", "RESOURCE_NOT_ACTIVE"), result: waiting("sender not active") },
        {
          answer: because("ConflictException", "NO_ORIGINATION_IDENTITIES_FOUND"),
          result: { result: "later", reason: "sender missing", retryAfterMs: 300_000 },
        },
        {
          answer: because("ConflictException", "NUMBER_CAPABILITIES_MISMATCH"),
          result: waiting("sender does not fit"),
        },
        {
          answer: because("ConflictException", "DESTINATION_PHONE_NUMBER_NOT_VERIFIED"),
          result: waiting("sandbox"),
        },
        {
          answer: because("ValidationException", "SENDER_ID_NOT_REGISTERED"),
          result: waiting("sender not registered"),
        },
        { answer: because("AccessDeniedException", "ACCOUNT_DISABLED"), result: waiting("account disabled") },
        {
          answer: awsError("AccessDeniedException", 403),
          result: { result: "later", reason: "AccessDeniedException", retryAfterMs: 60_000 },
        },
      ],
      throttled: [
        {
          answer: awsError("ThrottlingException", 400, "Rate exceeded"),
          result: { result: "later", reason: "throttled", retryAfterMs: 1_000 },
        },
      ],
      outage: [],
      unknown: [awsError("InternalServerException", 500)],
    },
  },
  reports: [
    // The carrier took it; only some countries tell whether the phone did.
    { event: eventOf("TEXT_SUCCESSFUL"), says: { ...ids, fact: { kind: "sent" } } },
    { event: eventOf("TEXT_DELIVERED"), says: { ...ids, fact: { kind: "delivered" } } },
    {
      event: eventOf("TEXT_INVALID"),
      says: {
        ...ids,
        fact: { kind: "bounced", permanent: true, reason: "TEXT_INVALID", addresses: ["+4915112345678"] },
      },
    },
    {
      event: eventOf("TEXT_CARRIER_BLOCKED"),
      says: { ...ids, fact: { kind: "failed", reason: "TEXT_CARRIER_BLOCKED" } },
    },
    // Not final: the carrier goes on trying.
    { event: eventOf("TEXT_UNREACHABLE", { isFinal: false }), says: null },
    { event: eventOf("TEXT_OF_TOMORROW"), says: null },
    // Somebody else in the same account sent it.
    { event: eventOf("TEXT_DELIVERED", { context: {} }), says: null },
  ],
  inbound: [
    {
      payload: {
        originationNumber: "+4915112345678",
        destinationNumber: "+15550100",
        messageKeyword: "keyword_1",
        messageBody: "Stop",
        inboundMessageId: "in-1",
        previousPublishedMessageId: "sms-1",
        ofNextYear: { members: "are passed over" },
      },
      says: [
        {
          channel: "sms",
          providerMessageId: "in-1",
          from: "+4915112345678",
          to: "+15550100",
          text: "Stop",
          inReplyTo: "sms-1",
        },
      ],
    },
    // Truncated on the way: nobody knows whose it is.
    { payload: { originationNumber: "+4915112345678", messageBody: "Stop" }, says: undefined },
    { payload: [], says: undefined },
  ],
};
