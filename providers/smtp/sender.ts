import type { EmailMessage } from "#channels/email/message.ts";
import type { ProviderSender, SendIds, SendResult } from "#ports/provider.ts";
import { untilMended } from "#providers/wire/failure.ts";
import { domainOf, handOver, type MailRefusal } from "#providers/wire/smtp.ts";

const SECOND_MS = 1_000;

const serverAt = (url: string): URL | null => {
  try {
    const { protocol, hostname } = new URL(url);
    return (protocol === "smtp:" || protocol === "smtps:") && hostname !== "" ? new URL(url) : null;
  } catch {
    return null;
  }
};

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** A password never crosses a network in the clear. */
const needsTls = ({ password, hostname }: URL): boolean => password !== "" && !LOOPBACK.test(hostname);

const NO_ADDRESS = untilMended(
  "account",
  "The account has no address of a mail server that can be read. Connect it again, with url=smtps://user:password@host.",
);
const LOGIN = untilMended(
  "login",
  "The mail server refuses the login. Connect the account again with its user and password, as the server has them.",
  5,
);
const INSECURE = untilMended(
  "not encrypted",
  "The mail server encrypts no connection, and the account has a password. Let it offer STARTTLS, or use smtps://.",
);

/** Null: nobody knows whether it was taken. */
const resultOf = ({ why, code }: MailRefusal): SendResult | null => {
  switch (why) {
    case "recipient":
      return { result: "refused", reason: "address", address: "invalid" };
    case "refused":
      return { result: "refused", reason: `status ${code}` };
    case "too-large":
      return { result: "refused", reason: "too large" };
    case "login":
      return LOGIN;
    case "insecure":
      return INSECURE;
    case "put-off":
      return code === 421
        ? { result: "later", reason: "unavailable", retryAfterMs: SECOND_MS }
        : { result: "later", reason: "throttled", retryAfterMs: SECOND_MS };
    case "unreachable":
      return { result: "later", reason: "unreachable", retryAfterMs: SECOND_MS };
    case "unknown":
      return null;
  }
};

/**
 * Our own id is the mail's, so that a mail that comes twice is seen to be the same. `References` carries it where a provider
 * gives mails its own id; a mail does not refer to itself.
 */
const mailOf = ({ headers: { References: _, ...headers }, ...message }: EmailMessage, ids: SendIds) => ({
  ...message,
  headers,
  messageId: `${ids.messageId}@${domainOf(message.from)}`,
});

/** E-mail through a mail server of one's own, or of anybody who gives out a login. */
export const email: ProviderSender<EmailMessage> = {
  settings: [],
  account: {
    secrets: ["url"],
    examine: ({ url = "" }) =>
      serverAt(url) === null
        ? "url is no address of a mail server: smtp://user:password@host:587, or smtps://user:password@host"
        : null,
  },
  connect: ({ secret, patience }) => {
    const url = secret("url");
    const server = serverAt(url);
    return {
      send: async (message, ids) => {
        if (server === null) return NO_ADDRESS;
        const mail = mailOf(message, ids);
        const refusal = await handOver(mail, {
          url,
          requireTls: needsTls(server),
          connectMs: patience.connectMs,
          longestMs: patience.answerMs,
        });
        if (refusal === null) return { result: "accepted", providerMessageId: mail.messageId };
        const result = resultOf(refusal);
        if (result === null) throw new Error("the mail server did not say whether it took the mail");
        return result;
      },
    };
  },
};
