import type { EmailMessage } from "#channels/email/message.ts";
import type { SendResult } from "#ports/provider.ts";
import { type FailureRules, readFailure, untilMended } from "#providers/wire/failure.ts";
import { isMailbox } from "./mailbox.ts";

const NOT_VERIFIED = untilMended(
  "identity not verified",
  "Amazon SES does not know the sender, or the account is still in its sandbox, where recipients must be verified too. Verify the domain of channels.email.from (playbook.yaml) with its DKIM records in the region of this stage, and ask for production access.",
);
const PAUSED = untilMended(
  "sending paused",
  "Amazon SES takes no mail: sending is paused for the account or for the configuration set. Look in the account dashboard of SES for the reason (mostly bounces or complaints), mend it, answer the case that AWS opened, and switch sending on again.",
);
const SENDER_ADDRESS = untilMended(
  "sender address",
  "Amazon SES does not take the sender as an address. Correct channels.email.from and replyTo in playbook.yaml and publish: what waits leaves with the new ones.",
);

/** Names from the API reference of SendEmail (sesv2), "Errors"; those of version 1 where the older API says more. */
const RULES: FailureRules = {
  MessageRejected: { result: "refused", reason: "MessageRejected" },
  AccountSuspendedException: untilMended(
    "account suspended",
    "Amazon SES has taken the right to send from this account. Look at the account dashboard of SES, and answer the case that AWS opened.",
  ),
  SendingPausedException: PAUSED,
  AccountSendingPausedException: PAUSED,
  ConfigurationSetSendingPausedException: PAUSED,
  MailFromDomainNotVerifiedException: untilMended(
    "MailFromDomainNotVerified",
    "The custom MAIL FROM domain of the sender is set up in part. Publish the MX and SPF records that SES shows for it, or let SES fall back to its own domain.",
    5,
  ),
  NotFoundException: untilMended(
    "configuration set missing",
    "The configuration set that the stack makes is not there. Deploy send/email again.",
    5,
  ),
  LimitExceededException: untilMended(
    "limit exceeded",
    "A limit of the SES account is reached. Look at its quotas in Service Quotas, and ask for more.",
    5,
  ),
};

/** SES says these by words only, under the name of MessageRejected, BadRequestException or the throttled call. */
const WORDS: readonly (readonly [RegExp, SendResult])[] = [
  [/not verified/i, NOT_VERIFIED],
  [/sending (?:is |has been )?(?:currently )?(?:paused|suspended|disabled)/i, PAUSED],
  [
    /daily .*quota/i,
    untilMended(
      "daily quota",
      "The day's sending quota of the SES account is used up. It frees up over 24 hours; ask for a higher one in Service Quotas.",
    ),
  ],
];

/** What SES says of an address that no mail can go to ("Missing final '@domain'", "Illegal address", ...). */
const BAD_ADDRESS =
  /illegal address|missing final|local address contains|domain (?:contains|starts|ends)|invalid.*recipient/i;
/** Where it names the address, it is ours. */
const OF_THE_SENDER = /\b(?:from|source|sender|reply-?to|return-?path)\b/i;

const isOurs = (message: EmailMessage, words: string): boolean => {
  const own = [message.from, ...(message.replyTo === undefined ? [] : [message.replyTo])];
  return OF_THE_SENDER.test(words) || !own.every(isMailbox);
};

/** What an error of SES says about the message. Null: nobody knows whether it was sent. */
export const failureOf = (error: unknown, message: EmailMessage): SendResult | null => {
  if (!(error instanceof Error)) return null;
  const said = WORDS.find(([words]) => words.test(error.message));
  if (said !== undefined) return said[1];
  if (error.name === "BadRequestException" && BAD_ADDRESS.test(error.message)) {
    // SES seldom says whose address it means: the recipient's only where ours can be none of it.
    if (isOurs(message, error.message)) return SENDER_ADDRESS;
    return { result: "refused", reason: "address", address: "invalid" };
  }
  return readFailure(error, RULES);
};
