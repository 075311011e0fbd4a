import { EXAMPLE } from "#channels/push/message.ts";
import type { ApiAnswer, ProviderContract } from "#ports/provider-contract.ts";
import { awsAnswer, awsError } from "#providers/wire/aws-answer.ts";
import { APPLICATION_ID } from "./settings.ts";

type Device = readonly [status: string, code: number, said?: string];

/** What it says of each of the two devices. */
const answered = (...devices: readonly [Device, Device]): ApiAnswer => {
  const [one, two] = devices.map(([DeliveryStatus, StatusCode, StatusMessage = ""]) => ({
    DeliveryStatus,
    StatusCode,
    StatusMessage,
    MessageId: "p-1",
  }));
  return awsAnswer({ ApplicationId: "app", Result: { t1: one, t2: two } });
};

const shown = {
  Title: "Hi",
  Body: "There",
  Action: "URL",
  Url: "app://cart",
  Data: { sku: "T-1", messageId: "msg_1" },
};

export const contract: ProviderContract = {
  sending: {
    push: {
      settings: () => ({ [APPLICATION_ID]: "app" }),
      rights: { "mobiletargeting apps/own AWS::Pinpoint::App/messages": "mobiletargeting:SendMessages" },
      message: EXAMPLE,
      request: {
        path: "/v1/apps/app/messages",
        body: {
          Addresses: {
            t1: { ChannelType: "GCM", Context: { messageId: "msg_1" } },
            t2: { ChannelType: "APNS", Context: { messageId: "msg_1" } },
          },
          Context: { messageId: "msg_1" },
          MessageConfiguration: {
            DefaultPushNotificationMessage: shown,
            APNSMessage: { ...shown, TimeToLive: 3_600, MediaUrl: "https://i.example/x.png" },
            GCMMessage: { ...shown, TimeToLive: 3_600, ImageUrl: "https://i.example/x.png" },
          },
        },
      },
      accepted: [
        {
          answer: answered(["SUCCESSFUL", 200], ["SUCCESSFUL", 200]),
          result: { result: "accepted", providerMessageId: "p-1", invalidAddresses: [] },
        },
        {
          answer: answered(["SUCCESSFUL", 200], ["PERMANENT_FAILURE", 410]),
          result: { result: "accepted", providerMessageId: "p-1", invalidAddresses: ["apns:t2"] },
        },
      ],
      refused: [
        {
          answer: answered(["OPT_OUT", 410], ["PERMANENT_FAILURE", 410]),
          result: { result: "refused", reason: "address", address: "invalid" },
        },
        {
          answer: awsError("PayloadTooLargeException", 413),
          result: { result: "refused", reason: "PayloadTooLarge" },
        },
      ],
      senderAtFault: [
        {
          answer: answered(["PERMANENT_FAILURE", 403], ["PERMANENT_FAILURE", 401]),
          result: { result: "later", reason: "credentials of the push service", retryAfterMs: 300_000 },
        },
        // The key or the bundle is another app's.
        {
          answer: answered(
            ["PERMANENT_FAILURE", 400, '{"reason":"DeviceTokenNotForTopic"}'],
            ["PERMANENT_FAILURE", 400, "SENDER_ID_MISMATCH"],
          ),
          result: { result: "later", reason: "credentials of the push service", retryAfterMs: 300_000 },
        },
        {
          answer: awsError("NotFoundException", 404),
          result: { result: "later", reason: "NotFound", retryAfterMs: 300_000 },
        },
        {
          answer: awsError("ForbiddenException", 403),
          result: { result: "later", reason: "ForbiddenException", retryAfterMs: 60_000 },
        },
      ],
      throttled: [
        {
          answer: awsError("TooManyRequestsException", 429),
          result: { result: "later", reason: "throttled", retryAfterMs: 1_000 },
        },
        {
          answer: answered(["THROTTLED", 429], ["OPT_OUT", 410]),
          result: { result: "later", reason: "throttled", retryAfterMs: 1_000 },
        },
      ],
      outage: [
        {
          answer: answered(["TEMPORARY_FAILURE", 500], ["OPT_OUT", 410]),
          result: { result: "later", reason: "unavailable", retryAfterMs: 1_000 },
        },
      ],
      unknown: [
        awsError("InternalServerErrorException", 500),
        awsAnswer({ ApplicationId: "app", Result: {} }),
        answered(["UNKNOWN_FAILURE", 500], ["OPT_OUT", 410]),
      ],
    },
  },
  reports: [],
};
