import { GetAccountCommand, SESv2Client, SendEmailCommand, type SendQuota } from "@aws-sdk/client-sesv2";
import type { EmailMessage } from "#channels/email/message.ts";
import type { ProviderLimits, ProviderSender, SendIds } from "#ports/provider.ts";
import { awsCall } from "#providers/wire/aws-call.ts";
import { failureOf } from "./failure.ts";
import { encodeMailbox } from "./mailbox.ts";
import { CONFIGURATION_SET } from "./settings.ts";

const utf8 = (Data: string) => ({ Data, Charset: "UTF-8" });

/** The rate that an account has when it leaves the sandbox. */
const FIRST_RATE = 14;

const requestFor = (message: EmailMessage, ids: SendIds, configurationSet: string): SendEmailCommand =>
  new SendEmailCommand({
    FromEmailAddress: encodeMailbox(message.from),
    Destination: { ToAddresses: [message.to] },
    ...(message.replyTo === undefined ? {} : { ReplyToAddresses: [encodeMailbox(message.replyTo)] }),
    Content: {
      Simple: {
        Subject: utf8(message.subject),
        Body: {
          Text: utf8(message.text),
          ...(message.html === "" ? {} : { Html: utf8(message.html) }),
        },
        Headers: Object.entries(message.headers).map(([Name, Value]) => ({ Name, Value })),
      },
    },
    EmailTags: [
      { Name: "messageId", Value: ids.messageId },
      { Name: "lane", Value: ids.lane },
    ],
    ConfigurationSetName: configurationSet,
  });

/** A quota of -1 is none ("SendQuota", SES API v2). */
const limitsIn = (quota: SendQuota | undefined): ProviderLimits | undefined => {
  const { MaxSendRate, Max24HourSend = 0, SentLast24Hours = 0 } = quota ?? {};
  if (MaxSendRate === undefined) return undefined;
  const day = { most: Max24HourSend, used: SentLast24Hours };
  return { perSecond: MaxSendRate, ...(Max24HourSend > 0 ? { day } : {}) };
};

/** E-mail through Amazon SES v2. */
export const email: ProviderSender<EmailMessage> = {
  settings: [CONFIGURATION_SET],
  connect: ({ setting, patience }) => {
    const client = new SESv2Client(awsCall(patience));
    const configurationSet = setting(CONFIGURATION_SET);
    return {
      send: async (message, ids) => {
        try {
          const { MessageId } = await client.send(requestFor(message, ids, configurationSet));
          return { result: "accepted", providerMessageId: MessageId ?? "" };
        } catch (error) {
          const failure = failureOf(error, message);
          if (failure === null) throw error;
          return failure;
        }
      },
      rate: {
        limit: async () => limitsIn((await client.send(new GetAccountCommand({}))).SendQuota),
        assumed: FIRST_RATE,
      },
    };
  },
};
