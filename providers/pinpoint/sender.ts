import {
  type MessageResult,
  PinpointClient,
  SendMessagesCommand,
  type SendMessagesCommandInput,
} from "@aws-sdk/client-pinpoint";
import type { PushMessage } from "#channels/push/message.ts";
import type { ProviderSender, SendResult } from "#ports/provider.ts";
import { awsCall } from "#providers/wire/aws-call.ts";
import { type FailureRules, readFailure, untilMended } from "#providers/wire/failure.ts";
import { APPLICATION_ID } from "./settings.ts";

const NO_CREDENTIALS = untilMended(
  "credentials of the push service",
  "Apple or Google refuses the credentials of the push application, or they are those of another app. Set them as the provider's page says (update-apns-channel, update-gcm-channel).",
  5,
);

/** Names from the API reference of SendMessages (pinpoint). */
const RULES: FailureRules = {
  NotFoundException: untilMended(
    "NotFound",
    "The push application of this stage is not there, or has no channel. Deploy send/push again, then set the credentials of Apple and Google as the provider's page says.",
    5,
  ),
  PayloadTooLargeException: { result: "refused", reason: "PayloadTooLarge" },
};

/** Pinpoint takes so many addresses a call. */
const MAX_DEVICES = 100;
/** Firebase keeps a message for four weeks at most. */
const LONGEST_LIFE_SECONDS = 2_419_200;

type DeviceResult = Pick<MessageResult, "DeliveryStatus" | "StatusCode" | "StatusMessage" | "MessageId">;

/** Names by which Apple and Google refuse the app's own certificate, key, topic or sender ("Handling notification responses"). */
const OF_THE_APP = /topic|certificate|providertoken|sender_?id|environment|forbidden|unauthorized/i;

/** A refusal for our credentials or app says nothing about the device. */
const isGone = ({
  DeliveryStatus: status,
  StatusCode: code,
  StatusMessage: said = "",
}: DeviceResult): boolean =>
  status === "OPT_OUT" ||
  (status === "PERMANENT_FAILURE" && code !== 401 && code !== 403 && !OF_THE_APP.test(said));

const is = (statuses: readonly string[]) => (result: DeviceResult) =>
  statuses.includes(result.DeliveryStatus ?? "");

/** One answer for the message out of one a device: it was sent when one device was reached. */
const combine = (
  devices: PushMessage["devices"],
  results: Readonly<Record<string, DeviceResult>>,
): SendResult => {
  const all = Object.values(results);
  const gone = devices.flatMap(({ token, address }) => {
    const result = results[token];
    return result !== undefined && isGone(result) ? [address] : [];
  });
  const reached = all.find(is(["SUCCESSFUL", "DUPLICATE"]));
  if (reached !== undefined) {
    return { result: "accepted", providerMessageId: reached.MessageId ?? "", invalidAddresses: gone };
  }
  if (all.length === 0 || all.some(is(["UNKNOWN_FAILURE"])))
    throw new Error("the push service does not know whether it was sent");
  if (all.some(is(["THROTTLED"]))) return { result: "later", reason: "throttled", retryAfterMs: 1_000 };
  if (all.some(is(["TEMPORARY_FAILURE"]))) {
    return { result: "later", reason: "unavailable", retryAfterMs: 1_000 };
  }
  return gone.length === all.length
    ? { result: "refused", reason: "address", address: "invalid" }
    : NO_CREDENTIALS;
};

const requestFor = (
  message: PushMessage,
  messageId: string,
  lifeSeconds: number,
): SendMessagesCommandInput["MessageRequest"] => {
  const { title: Title, body: Body, url, image } = message;
  const shown = {
    Title,
    Body,
    // The app reports openings under this id.
    Data: { ...message.data, messageId },
    ...(url === undefined ? { Action: "OPEN_APP" as const } : { Action: "URL" as const, Url: url }),
  };
  return {
    Addresses: Object.fromEntries(
      message.devices
        .slice(0, MAX_DEVICES)
        .map(({ token, platform }) => [token, { ChannelType: platform, Context: { messageId } }]),
    ),
    Context: { messageId },
    MessageConfiguration: {
      DefaultPushNotificationMessage: shown,
      APNSMessage: {
        ...shown,
        TimeToLive: lifeSeconds,
        ...(image === undefined ? {} : { MediaUrl: image }),
      },
      GCMMessage: { ...shown, TimeToLive: lifeSeconds, ...(image === undefined ? {} : { ImageUrl: image }) },
    },
  };
};

/**
 * Mobile push through AWS End User Messaging, whose API still has Pinpoint's name. One call for all devices. It takes
 * thousands a second (Amazon Pinpoint quotas): no rate to keep to.
 */
export const push: ProviderSender<PushMessage> = {
  settings: [APPLICATION_ID],
  connect: ({ setting, patience, now }) => {
    const client = new PinpointClient(awsCall(patience));
    const applicationId = setting(APPLICATION_ID);
    return {
      send: async (message, { messageId, deadline }) => {
        const left = Math.floor((Date.parse(deadline) - now()) / 1_000);
        const lifeSeconds = Math.min(LONGEST_LIFE_SECONDS, Math.max(0, left));
        const answer = await client
          .send(
            new SendMessagesCommand({
              ApplicationId: applicationId,
              MessageRequest: requestFor(message, messageId, lifeSeconds),
            }),
          )
          .catch((error: unknown) => {
            const failure = readFailure(error, RULES);
            if (failure === null) throw error;
            return failure;
          });
        return "result" in answer ? answer : combine(message.devices, answer.MessageResponse?.Result ?? {});
      },
    };
  },
};
