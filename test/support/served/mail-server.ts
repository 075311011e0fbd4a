import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { decodeMime } from "#providers/wire/local-mime.ts";

export type Received = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** A mail server on the loopback that takes every mail, in its own time, and keeps it. */
export type MailServer = {
  readonly url: string;
  readonly mails: readonly Received[];
  readonly stop: () => Promise<void>;
};

export async function startMailServer(thinksMs = 0): Promise<MailServer> {
  const mails: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const mail = decodeMime(Buffer.concat(chunks).toString("utf8"));
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address).join(", "),
          subject: mail.subject ?? "",
          text: mail.text,
          html: mail.html ?? "",
        });
        setTimeout(done, thinksMs);
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
