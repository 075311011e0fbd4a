import { AwsError } from "#infra/local/aws/protocol.ts";
import type { Sent } from "#infra/local/door/provider-local.ts";

/** Really sends a mail. @throws AwsError as SES would refuse it */
export type Transport = (sent: Sent) => Promise<void>;

/**
 * Less than the sender waits for SES (PROVIDER_CALL in providers/wire/aws-call.ts), so that what a slow mail server did is
 * known here and not guessed there.
 */
const LONGEST_MS = 9_000;

/** `250 2.0.0 ...`: what a mail server says of a recipient that it will never know (RFC 3463, 3.2). */
const NO_SUCH_RECIPIENT = /^55\d[ -]5\.1\.(?:1|2|3|6|10)\b/;

/**
 * Really sends mail, for a shop small enough to live on one machine. The mail library is loaded with the first mail:
 * most local clouds never send one.
 * @param url `smtp://user:password@host:587` or `smtps://...` (RAPPORT_SMTP_URL)
 */
export function createSmtpTransport(url: string): Transport {
  return async (sent) => {
    const { createTransport } = await import("nodemailer");
    let handedOver = false;
    const transport = createTransport({
      url,
      logger: listener(() => {
        handedOver = true;
      }),
    });
    try {
      await transport.sendMail({ ...mailOf(sent), signal: AbortSignal.timeout(LONGEST_MS) });
    } catch (error) {
      throw refusalOf(error, handedOver);
    } finally {
      transport.close();
    }
  };
}

const mailOf = (sent: Sent): object => ({
  from: sent.from,
  to: sent.to,
  ...(sent.subject === undefined ? {} : { subject: sent.subject }),
  text: sent.text,
  ...(sent.html === undefined ? {} : { html: sent.html }),
  headers: { ...sent.headers },
  messageId: `<${sent.providerMessageId}@${domainOf(sent.from)}>`,
});

const domainOf = (from: string): string => /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? "localhost";

/** nodemailer tells its logger when the last byte of a message is written; what fails later may have been taken. */
function listener(onMessageWritten: () => void): object {
  const ignore = (): void => {};
  const info = (entry: { readonly tnx?: string }): void => {
    if (entry.tnx === "message") onMessageWritten();
  };
  return { level: ignore, trace: ignore, debug: ignore, info, warn: ignore, error: ignore, fatal: ignore };
}

type SmtpError = {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
};

/** In the words of SES: what the sender makes of each is written there and tested there. */
function refusalOf(error: unknown, handedOver: boolean): AwsError {
  const {
    code = "",
    command = "",
    response = "",
    responseCode = 0,
  }: SmtpError = typeof error === "object" && error !== null ? error : {};
  if (code === "EAUTH")
    return new AwsError("AccessDeniedException", "the mail server refused the login", 403);
  if (responseCode >= 500) {
    return command === "RCPT TO" && NO_SUCH_RECIPIENT.test(response)
      ? new AwsError("BadRequestException", "invalid recipient")
      : new AwsError("MessageRejected", `the mail server refused it with ${responseCode}`);
  }
  if (responseCode >= 400) {
    return new AwsError("ServiceUnavailable", `the mail server put it off with ${responseCode}`, 503);
  }
  if (code === "EENVELOPE") return new AwsError("BadRequestException", "invalid recipient");
  if (code === "EMESSAGE") return new AwsError("MessageRejected", "larger than the mail server takes");
  if (handedOver)
    return new AwsError("InternalServerError", "the mail server did not say whether it took it", 500);
  return new AwsError("ServiceUnavailable", "the mail server could not be reached", 503);
}
