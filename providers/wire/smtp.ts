/** A mail as a mail server takes it. */
export type OutgoingMail = {
  readonly from: string;
  readonly to: string;
  readonly replyTo?: string | undefined;
  readonly subject?: string | undefined;
  readonly text: string;
  readonly html?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Without its brackets. */
  readonly messageId: string;
};

/** Why a mail server did not take a mail, or `unknown` whether it took it. Its words are not here: they may quote addresses. */
export type MailRefusal = {
  readonly why:
    | "login"
    | "recipient"
    | "refused"
    | "too-large"
    | "put-off"
    | "insecure"
    | "unreachable"
    | "unknown";
  /** What the server answered, where it did. */
  readonly code?: number;
};

export type MailServer = {
  /** `smtp://user:password@host:587` or `smtps://...` */
  readonly url: string;
  /** Whether a connection that cannot be encrypted is left. */
  readonly requireTls?: boolean;
  /** For the connection, and for all of it together, in milliseconds. */
  readonly connectMs?: number;
  readonly longestMs: number;
};

/** `250 2.0.0 ...`: what a mail server says of a recipient that it will never know (RFC 3463, 3.2). */
const NO_SUCH_RECIPIENT = /^55\d[ -]5\.1\.(?:1|2|3|6|10)\b/;

/** What stands behind the @ of a sender, alone or after a name. */
export const domainOf = (from: string): string => /@([^@>\s]+)>?\s*$/.exec(from)?.[1] ?? "localhost";

/**
 * Hands a mail over to a mail server, over a connection of its own. The mail library is loaded with the first mail: most
 * processes never send one this way.
 * @returns null: the server took it
 */
export async function handOver(mail: OutgoingMail, server: MailServer): Promise<MailRefusal | null> {
  const { createTransport } = await import("nodemailer");
  let written = false;
  const { url, requireTls = false, connectMs, longestMs } = server;
  const transport = createTransport({
    url,
    ...(requireTls ? { requireTLS: true } : {}),
    ...(connectMs === undefined ? {} : { connectionTimeout: connectMs }),
    logger: listener(() => {
      written = true;
    }),
  });
  try {
    await transport.sendMail({ ...partsOf(mail), signal: AbortSignal.timeout(longestMs) });
    return null;
  } catch (error) {
    return refusalOf(error, written);
  } finally {
    transport.close();
  }
}

const partsOf = ({ messageId, subject, html, replyTo, ...mail }: OutgoingMail): object => ({
  ...mail,
  ...(subject === undefined ? {} : { subject }),
  ...(html === undefined || html === "" ? {} : { html }),
  ...(replyTo === undefined ? {} : { replyTo }),
  messageId: `<${messageId}>`,
});

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

function refusalOf(error: unknown, written: boolean): MailRefusal {
  const {
    code = "",
    command = "",
    response = "",
    responseCode = 0,
  }: SmtpError = typeof error === "object" && error !== null ? error : {};
  if (code === "EAUTH") return { why: "login", code: responseCode };
  if (responseCode >= 500) {
    const why = command === "RCPT TO" && NO_SUCH_RECIPIENT.test(response) ? "recipient" : "refused";
    return { why, code: responseCode };
  }
  if (responseCode >= 400) return { why: "put-off", code: responseCode };
  if (code === "ETLS") return { why: "insecure" };
  if (code === "EENVELOPE") return { why: "recipient" };
  if (code === "EMESSAGE") return { why: "too-large" };
  return { why: written ? "unknown" : "unreachable" };
}
