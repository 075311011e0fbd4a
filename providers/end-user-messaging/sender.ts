import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import type { SmsMessage } from "#channels/sms/message.ts";
import type { ProviderSender } from "#ports/provider.ts";
import { awsCall } from "#providers/wire/aws-call.ts";
import { failureOf } from "./failure.ts";
import { CONFIGURATION_SET } from "./settings.ts";

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
      rate: { limit: async () => ({ perSecond: FASTEST }), assumed: FASTEST, atFirst: SLOWEST },
    };
  },
};
