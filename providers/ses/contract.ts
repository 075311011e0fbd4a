import { EXAMPLE } from "#channels/email/message.ts";
import type { ProviderContract } from "#ports/provider-contract.ts";
import { awsAnswer, awsError } from "#providers/wire/aws-answer.ts";
import { CONFIGURATION_SET } from "./settings.ts";

const QUARTER_OF_AN_HOUR_MS = 900_000;
const waiting = (reason: string) =>
  ({ result: "later", reason, retryAfterMs: QUARTER_OF_AN_HOUR_MS }) as const;

const AT = "2027-01-01T11:30:00.000Z";
const eventOf = (eventType: string, more: object = {}, tags: object = { messageId: ["msg_1"] }) => ({
  eventType,
  mail: { timestamp: AT, messageId: "ses-1", destination: ["ada@example.com"], tags },
  ...more,
});
const ids = { messageId: "msg_1", providerMessageId: "ses-1", at: AT };

export const contract: ProviderContract = {
  sending: {
    email: {
      settings: () => ({ [CONFIGURATION_SET]: "rapport-test" }),
      rights: {
        "*": "ses:GetAccount",
        "ses configuration-set/rapport-prod": "ses:SendEmail",
        "ses identity/*": "ses:SendEmail",
      },
      message: EXAMPLE,
      request: {
        path: "/v2/email/outbound-emails",
        body: {
          FromEmailAddress: "=?UTF-8?Q?Caf=C3=A9_Fern?= <hello@fern.example>",
          Destination: { ToAddresses: ["ada@example.com"] },
          ReplyToAddresses: ["help@fern.example"],
          Content: {
            Simple: {
              Subject: { Data: "Grüße", Charset: "UTF-8" },
              Body: { Text: { Data: "Hi", Charset: "UTF-8" }, Html: { Data: "<p>Hi</p>", Charset: "UTF-8" } },
              Headers: [{ Name: "List-Unsubscribe", Value: "<https://hub.example/u/x>" }],
            },
          },
          EmailTags: [
            { Name: "messageId", Value: "msg_1" },
            { Name: "lane", Value: "bulk" },
          ],
          ConfigurationSetName: "rapport-test",
        },
      },
      accepted: [
        {
          answer: awsAnswer({ MessageId: "ses-1" }),
          result: { result: "accepted", providerMessageId: "ses-1" },
        },
      ],
      refused: [
        {
          answer: awsError("MessageRejected", 400, "Virus detected."),
          result: { result: "refused", reason: "MessageRejected" },
        },
        {
          answer: awsError("BadRequestException", 400, "Missing final '@domain'"),
          result: { result: "refused", reason: "address", address: "invalid" },
        },
      ],
      senderAtFault: [
        { answer: awsError("AccountSuspendedException"), result: waiting("account suspended") },
        { answer: awsError("SendingPausedException"), result: waiting("sending paused") },
        {
          answer: awsError("MessageRejected", 400, "Sending paused for this account."),
          result: waiting("sending paused"),
        },
        {
          answer: awsError(
            "BadRequestException",
            400,
            "Sending is disabled for configuration set rapport-test.",
          ),
          result: waiting("sending paused"),
        },
        // The sandbox, or an identity that has lapsed.
        {
          answer: awsError(
            "MessageRejected",
            400,
            "Email address is not verified. The following identities failed the check in region US-EAST-1: hello@fern.example",
          ),
          result: waiting("identity not verified"),
        },
        {
          answer: awsError("MailFromDomainNotVerifiedException"),
          result: { result: "later", reason: "MailFromDomainNotVerified", retryAfterMs: 300_000 },
        },
        {
          answer: awsError("NotFoundException", 404, "Configuration set <rapport-test> does not exist."),
          result: { result: "later", reason: "configuration set missing", retryAfterMs: 300_000 },
        },
        {
          answer: awsError("BadRequestException", 400, "Missing final '@domain' in the From address"),
          result: waiting("sender address"),
        },
        {
          answer: awsError("TooManyRequestsException", 429, "Daily message quota exceeded."),
          result: waiting("daily quota"),
        },
        {
          answer: awsError("AccessDeniedException", 403),
          result: { result: "later", reason: "AccessDeniedException", retryAfterMs: 60_000 },
        },
      ],
      throttled: [
        {
          answer: awsError("TooManyRequestsException", 429),
          result: { result: "later", reason: "throttled", retryAfterMs: 1_000 },
        },
      ],
      outage: [],
      unknown: [awsError("InternalFailure", 500)],
    },
  },
  reports: [
    { event: eventOf("Send", { send: {} }), says: { ...ids, fact: { kind: "sent" } } },
    {
      event: eventOf("Delivery", { delivery: { timestamp: AT } }),
      says: { ...ids, fact: { kind: "delivered" } },
    },
    {
      event: eventOf("Bounce", {
        bounce: {
          timestamp: AT,
          bounceType: "Permanent",
          bounceSubType: "General",
          bouncedRecipients: [{ emailAddress: "Ada@Example.com" }],
        },
      }),
      says: {
        ...ids,
        fact: {
          kind: "bounced",
          permanent: true,
          reason: "Permanent/General",
          addresses: ["ada@example.com"],
        },
      },
    },
    {
      event: eventOf("Complaint", {
        complaint: { timestamp: AT, complainedRecipients: [{ emailAddress: "ada@example.com" }] },
      }),
      says: { ...ids, fact: { kind: "complained", addresses: ["ada@example.com"] } },
    },
    // Moved out of the spam folder by the person.
    {
      event: eventOf("Complaint", {
        complaint: {
          timestamp: AT,
          complaintFeedbackType: "not-spam",
          complainedRecipients: [{ emailAddress: "ada@example.com" }],
        },
      }),
      says: null,
    },
    {
      event: eventOf("Reject", { reject: { reason: "Bad content" } }),
      says: { ...ids, fact: { kind: "failed", reason: "rejected by SES" } },
    },
    {
      event: eventOf("DeliveryDelay", { deliveryDelay: { timestamp: AT, delayType: "MailboxFull" } }),
      says: { ...ids, fact: { kind: "delayed" } },
    },
    // Somebody else in the same account sent it.
    { event: eventOf("Send", { send: {} }, {}), says: null },
  ],
};
