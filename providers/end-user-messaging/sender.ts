import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { SmsMessage } from "#channels/sms/message.ts";
import type { ProviderSender, SendResult } from "#ports/provider.ts";
import { awsCall } from "#providers/wire/aws-call.ts";
import { type FailureRules, readFailure } from "#providers/wire/failure.ts";
import { CONFIGURATION_SET } from "./settings.ts";

const MINUTE_MS = 60_000;

/** Names from the API reference of SendTextMessage (pinpoint-sms-voice-v2), "Errors". */
const RULES: FailureRules = {
  // Opted out, protected country, no such origination identity: asking again changes nothing.
  ConflictException: { result: "refused", reason: "ConflictException" },
  ValidationException: { result: "refused", reason: "ValidationException" },
  ResourceNotFoundException: { result: "later", reason: "ResourceNotFound", retryAfterMs: 5 * MINUTE_MS },
  // The month's spending limit: a person has to raise it.
  ServiceQuotaExceededException: { result: "later", reason: "quota", retryAfterMs: 15 * MINUTE_MS },
};

const reasonOf = (error: unknown): unknown =>
  error instanceof Error ? Reflect.get(error, "Reason") : undefined;

/** `Reason` tells what a ConflictException or ValidationException is about. */
const failureOf = (error: unknown): SendResult | null => {
  const reason = reasonOf(error);
  if (reason === "DESTINATION_PHONE_NUMBER_OPTED_OUT") return { result: "refused", reason: "opted out" };
  if (reason === "INVALID_PARAMETER" || reason === "DESTINATION_COUNTRY_BLOCKED") {
    return { result: "refused", reason };
  }
  return readFailure(error, RULES);
};

/** What SendTextMessage takes as TimeToLive, in seconds. */
const TTL = { least: 5, most: 259_200 } as const;

const secondsUntil = (deadline: string, now: number): number =>
  Math.min(TTL.most, Math.max(TTL.least, Math.floor((Date.parse(deadline) - now) / 1_000)));

/**
 * In parts a second. What a US short code carries, the fastest number there is; a 10DLC number begins at 1, a toll-free one
 * has 3. No call tells what a number may send.
 */
const FASTEST = 100;
const SLOWEST = 1;

/** Text messages through AWS End User Messaging. The carrier gives up when the message's own deadline is over. */
export const sms: ProviderSender<SmsMessage> = {
  settings: [CONFIGURATION_SET],
  connect: ({ setting, patience, now }) => {
    const client = new PinpointSMSVoiceV2Client(awsCall(patience));
    const configurationSet = setting(CONFIGURATION_SET);
    return {
      send: async (message, ids) => {
        try {
          const { MessageId } = await client.send(
            new SendTextMessageCommand({
              DestinationPhoneNumber: message.to,
              OriginationIdentity: message.from,
              MessageBody: message.text,
              MessageType: ids.lane === "transactional" ? "TRANSACTIONAL" : "PROMOTIONAL",
              ConfigurationSetName: configurationSet,
              Context: { messageId: ids.messageId },
              TimeToLive: secondsUntil(ids.deadline, now()),
            }),
          );
          return { result: "accepted", providerMessageId: MessageId ?? "" };
        } catch (error) {
          const failure = failureOf(error);
          if (failure === null) throw error;
          return failure;
        }
      },
      rate: { limit: async () => FASTEST, assumed: FASTEST, atFirst: SLOWEST },
    };
  },
};
