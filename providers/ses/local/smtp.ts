import type { Sent } from "#infra/local/door/provider-local.ts";

/**
 * Really sends mail, for a shop small enough to live on one machine. The mail library is loaded with the first mail:
 * most local clouds never send one.
 * @param url `smtp://user:password@host:587` or `smtps://...` (RAPPORT_SMTP_URL)
 */
export function createSmtpTransport(url: string): (sent: Sent) => Promise<void> {
  const opened = Promise.withResolvers<(mail: object) => Promise<unknown>>();
  let opening = false;
  const open = async (): Promise<void> => {
    opening = true;
    const { createTransport } = await import("nodemailer");
    const transport = createTransport(url);
    opened.resolve((mail) => transport.sendMail(mail));
  };
  return async (sent) => {
    if (!opening) void open().catch(opened.reject);
    const send = await opened.promise;
    await send({
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
