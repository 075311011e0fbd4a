import { AwsError } from "#infra/local/aws/protocol.ts";
import type { Sent } from "#infra/local/door/provider-local.ts";
import { domainOf, handOver, type MailRefusal } from "#providers/wire/smtp.ts";

/** Really sends a mail. @throws AwsError as SES would refuse it */
export type Transport = (sent: Sent) => Promise<void>;

/**
 * Less than the sender waits for SES (PROVIDER_CALL in providers/wire/aws-call.ts), so that what a slow mail server did is
 * known here and not guessed there.
 */
const LONGEST_MS = 9_000;

/**
 * Really sends mail, for a shop small enough to live on one machine.
 * @param url `smtp://user:password@host:587` or `smtps://...` (RAPPORT_SMTP_URL)
 */
export function createSmtpTransport(url: string): Transport {
  return async ({ from, to, subject, text, html, headers = {}, providerMessageId }) => {
    const messageId = `${providerMessageId}@${domainOf(from)}`;
    const refusal = await handOver(
      { from, to, subject, text, html, headers, messageId },
      { url, longestMs: LONGEST_MS },
    );
    if (refusal !== null) throw errorOf(refusal);
  };
}

/** In the words of SES: what the sender makes of each is written there and tested there. */
function errorOf({ why, code }: MailRefusal): AwsError {
  switch (why) {
    case "login":
      return new AwsError("AccessDeniedException", "the mail server refused the login", 403);
    case "recipient":
      return new AwsError("BadRequestException", "invalid recipient");
    case "refused":
      return new AwsError("MessageRejected", `the mail server refused it with ${code}`);
    case "too-large":
      return new AwsError("MessageRejected", "larger than the mail server takes");
    case "put-off":
      return new AwsError("ServiceUnavailable", `the mail server put it off with ${code}`, 503);
    case "unknown":
      return new AwsError("InternalServerError", "the mail server did not say whether it took it", 500);
    case "insecure":
    case "unreachable":
      return new AwsError("ServiceUnavailable", "the mail server could not be reached", 503);
  }
}
