import { createTransport } from "nodemailer";
import type { Sent } from "./outbox.ts";

/**
 * Really sends mail, for a shop small enough to live on one machine.
 * @param url `smtp://user:password@host:587` or `smtps://...` (RAPPORT_SMTP_URL)
 */
export function createSmtpTransport(url: string): (sent: Sent) => Promise<void> {
  const transport = createTransport(url);
  return async (sent) => {
    await transport.sendMail({
      from: sent.from,
      to: sent.to,
      ...(sent.subject === undefined ? {} : { subject: sent.subject }),
      text: sent.text,
      ...(sent.html === undefined ? {} : { html: sent.html }),
      headers: { ...sent.headers },
      messageId: `<${sent.providerMessageId}@email.amazonses.com>`,
    });
  };
}
