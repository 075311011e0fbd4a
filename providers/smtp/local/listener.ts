import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Listening, Posted } from "#infra/local/door/provider-local.ts";

/** A mail that a client hands over, and what it is answered: a status of HTTP, or null where nobody answers any more. */
type Take = (posted: Posted) => Promise<number | null>;

/** What each status means in SMTP (RFC 5321, 4.2.3); of any other nobody learns whether the mail was taken. */
const REPLIES: Readonly<Record<number, string>> = {
  200: "250 2.0.0 taken",
  400: "554 5.6.0 refused",
  429: "450 4.7.0 too many at once",
  503: "421 4.3.2 not now",
};

const MOST_BYTES = 16 * 1024 * 1024;
const END = "\r\n.\r\n";

/** Speaks as much of SMTP (RFC 5321) as a client needs to hand over a mail, on a port of the loopback. */
export async function listenForMail(take: Take): Promise<Listening> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    converse(socket, take);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const address: AddressInfo | string | null = server.address();
  return {
    address: `127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    stop: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

function converse(socket: Socket, take: Take): void {
  let unread = "";
  let recipients: string[] = [];
  let isMail = false;
  const say = (line: string): void => {
    socket.write(`${line}\r\n`);
  };

  const command = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === "QUIT") {
      socket.end("221 2.0.0 bye\r\n");
      return;
    }
    if (verb === "MAIL") recipients = [];
    if (verb === "RCPT") recipients.push(/<([^>]*)>/.exec(line)?.[1] ?? "");
    isMail = verb === "DATA";
    say(isMail ? "354 go on" : "250 2.0.0 ok");
  };

  const mail = async (text: string): Promise<void> => {
    const body = text.replace(/^\.\./gm, ".");
    const status = await take({ headers: { recipients: recipients.join(", ") }, body }).catch(() => null);
    const reply = status === null ? undefined : REPLIES[status];
    if (reply === undefined) socket.destroy();
    else say(reply);
  };

  const read = (): void => {
    if (isMail) {
      const end = unread.indexOf(END);
      if (end < 0) return;
      isMail = false;
      const text = unread.slice(0, end);
      unread = unread.slice(end + END.length);
      void mail(text).then(read);
      return;
    }
    const end = unread.indexOf("\r\n");
    if (end < 0) return;
    const line = unread.slice(0, end);
    unread = unread.slice(end + 2);
    command(line);
    read();
  };

  socket.setEncoding("utf8");
  socket.on("data", (chunk: string) => {
    unread += chunk;
    if (unread.length > MOST_BYTES) socket.destroy();
    else read();
  });
  say("220 a mail server that is played");
}
