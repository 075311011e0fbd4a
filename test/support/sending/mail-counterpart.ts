import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { ApiAnswer } from "#ports/provider-contract.ts";
import { decodeMime } from "#providers/wire/local-mime.ts";
import type { Behaviour, Call, Counterpart } from "./counterpart.ts";

/** The headers that a contract says of its mail. */
const SAID = ["From", "To", "Reply-To", "Message-Id", "List-Unsubscribe"];

type Reply = { readonly status: number; readonly command: string; readonly words: string };

/** What plain statuses of HTTP are between mail servers: not now, refused, or gone with the mail in its hands. */
const replyOf = ({ status, body }: ApiAnswer): Reply => {
  if ("command" in body) return { status, command: String(body.command), words: String(Object(body).words) };
  if (status === 503) return { status: 421, command: "connect", words: "4.3.2 not now" };
  if (status >= 500) return { status: 0, command: ".", words: "" };
  return { status: 550, command: "RCPT", words: Object.values(body).join(" ") };
};

/** A mail server (the package `smtp-server`) that behaves as it is told. */
export const mailCounterpart = async (): Promise<Counterpart> => {
  let behaviour: Behaviour = "silent";
  let calls: Call[] = [];
  const says = (command: string): Error | null => {
    if (typeof behaviour === "string") return null;
    const reply = replyOf(behaviour);
    if (reply.command !== command || (reply.status >= 200 && reply.status < 300)) return null;
    return Object.assign(new Error(reply.words), { responseCode: reply.status });
  };
  const breaksOff = (): boolean =>
    behaviour === "breaks off" || (typeof behaviour === "object" && replyOf(behaviour).status === 0);

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onConnect: (_session, done) => {
      calls.push({ path: "", body: {} });
      done(says("connect"));
    },
    onAuth: (_auth, _session, done) => {
      const refusal = says("AUTH");
      if (refusal === null) done(null, { user: "user" });
      else done(refusal);
    },
    onMailFrom: (_address, _session, done) => done(says("MAIL")),
    onRcptTo: (_address, _session, done) => done(says("RCPT")),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { headers, subject, text, html } = decodeMime(Buffer.concat(chunks).toString("utf8"));
        const said = SAID.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]));
        const body = { ...Object.fromEntries(said), subject, text: text.trim(), html: html?.trim() };
        const path = session.envelope.rcptTo.map(({ address }) => address).join(", ");
        calls = [...calls.slice(0, -1), { path, body }];
        if (breaksOff()) for (const connection of server.connections) connection._socket.destroy();
        else if (behaviour !== "silent") done(says("."));
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const address: AddressInfo | string | null = server.server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`,
    behave: (as) => {
      behaviour = as;
    },
    calls: () => calls,
    forget: () => {
      calls = [];
    },
    stop: () => {
      for (const connection of server.connections) connection._socket.destroy();
      server.close();
    },
  };
};
