import { EXAMPLE } from "#channels/whatsapp/message.ts";
import type { ProviderContract } from "#ports/provider-contract.ts";
import { awsAnswer, awsError } from "#providers/wire/aws-answer.ts";
import { whatsAppBody } from "#providers/wire/whatsapp-message.ts";

/** Meta's entry as it hands it over. */
const brought = (value: object) => ({
  context: { MetaWabaIds: [{ wabaId: "1" }], MetaPhoneNumberIds: [{ metaPhoneNumberId: "2" }] },
  whatsAppWebhookEntry: JSON.stringify({ id: "waba", changes: [{ field: "messages", value }] }),
  aws_account_id: "123456789012",
  message_timestamp: "2027-01-01T11:30:00.000Z",
  messageId: "sns-1",
});
const later = (reason: string, retryAfterMs: number) => ({ result: "later", reason, retryAfterMs }) as const;
const refused = (reason: string) => ({ result: "refused", reason }) as const;

export const contract: ProviderContract = {
  sending: {
    whatsapp: {
      settings: () => ({}),
      rights: { "social-messaging phone-number-id/*": "social-messaging:SendWhatsAppMessage" },
      message: EXAMPLE,
      request: {
        path: "/v1/whatsapp/send",
        body: {
          originationPhoneNumberId: "phone-number-id-1",
          message: Buffer.from(JSON.stringify(whatsAppBody(EXAMPLE, "msg_1"))).toString("base64"),
          metaApiVersion: "v20.0",
        },
      },
      accepted: [
        {
          answer: awsAnswer({ messageId: "wamid.9" }),
          result: { result: "accepted", providerMessageId: "wamid.9" },
        },
      ],
      refused: [
        {
          answer: awsError("InvalidParametersException"),
          result: refused("InvalidParametersException"),
        },
        { answer: awsError("ValidationException"), result: refused("ValidationException") },
      ],
      senderAtFault: [
        { answer: awsError("ResourceNotFoundException", 404), result: later("sender missing", 300_000) },
        { answer: awsError("AccessDeniedByMetaException", 403), result: later("credentials", 300_000) },
        { answer: awsError("LimitExceededException", 402), result: later("quota", 900_000) },
        {
          answer: awsError("AccessDeniedException", 403),
          result: later("AccessDeniedException", 60_000),
        },
      ],
      throttled: [{ answer: awsError("ThrottledRequestException", 429), result: later("throttled", 1_000) }],
      outage: [],
      // Meta's own trouble: nobody says whether it had taken the message.
      unknown: [awsError("DependencyException", 502), awsError("InternalServiceException", 500)],
    },
  },
  reports: [],
  inbound: [
    {
      payload: brought({
        messages: [{ from: "4915112345678", id: "wamid.1", type: "text", text: { body: "Hi" } }],
      }),
      says: [
        {
          channel: "whatsapp",
          providerMessageId: "wamid.1",
          from: "4915112345678",
          identifiers: [{ type: "phone", value: "+4915112345678" }],
          to: "",
          text: "Hi",
        },
      ],
    },
    {
      payload: brought({
        statuses: [
          {
            id: "wamid.9",
            status: "delivered",
            timestamp: "1798803000",
            recipient_id: "4915112345678",
            biz_opaque_callback_data: "msg_1",
          },
        ],
      }),
      says: [],
      reports: [
        {
          messageId: "msg_1",
          providerMessageId: "wamid.9",
          at: "2027-01-01T11:30:00.000Z",
          fact: { kind: "delivered" },
        },
      ],
    },
    // What became of a message that somebody else sent.
    { payload: brought({ statuses: [{ id: "wamid.2", status: "read" }] }), says: [] },
    { payload: { whatsAppWebhookEntry: "{" }, says: undefined },
    { payload: { whatsAppWebhookEntry: "[]" }, says: undefined },
  ],
};
