import { GetAccountCommand, SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { EmailMessage } from "#channels/email/message.ts";
import type { ProviderSender, SendIds, SendResult } from "#ports/provider.ts";
import { awsCall } from "#providers/wire/aws-call.ts";
import { type FailureRules, readFailure } from "#providers/wire/failure.ts";
import { encodeMailbox } from "./mailbox.ts";
import { CONFIGURATION_SET } from "./settings.ts";

const MINUTE_MS = 60_000;

/** Names from the API reference of SendEmail (sesv2), "Errors". */
const RULES: FailureRules = {
  MessageRejected: { result: "refused", reason: "MessageRejected" },
  // What stops the whole account: a person has to act, the message may still be in time afterwards.
  AccountSuspendedException: { result: "later", reason: "account suspended", retryAfterMs: 15 * MINUTE_MS },
  SendingPausedException: { result: "later", reason: "sending paused", retryAfterMs: 15 * MINUTE_MS },
  MailFromDomainNotVerifiedException: {
    result: "later",
    reason: "MailFromDomainNotVerified",
    retryAfterMs: 5 * MINUTE_MS,
  },
  LimitExceededException: { result: "later", reason: "limit exceeded", retryAfterMs: 5 * MINUTE_MS },
};

/** SES tells the daily quota from the rate by words only ("Daily message quota exceeded"). */
const DAILY_QUOTA = /daily .*quota/i;
/** What SES says of an address that no mail can go to ("Missing final '@domain'", "Illegal address", ...). */
const BAD_ADDRESS =
  /illegal address|missing final|local address contains|domain (?:contains|starts|ends)|invalid.*recipient/i;

const failureOf = (error: unknown): SendResult | null => {
  if (error instanceof Error && DAILY_QUOTA.test(error.message)) {
    return { result: "later", reason: "daily quota", retryAfterMs: 15 * MINUTE_MS };
  }
  if (error instanceof Error && error.name === "BadRequestException" && BAD_ADDRESS.test(error.message)) {
    return { result: "refused", reason: "address", address: "invalid" };
  }
  return readFailure(error, RULES);
};

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
          const failure = failureOf(error);
          if (failure === null) throw error;
          return failure;
        }
      },
      rate: {
        limit: async () => (await client.send(new GetAccountCommand({}))).SendQuota?.MaxSendRate,
        assumed: FIRST_RATE,
      },
    };
  },
};
