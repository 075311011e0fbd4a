import { type AddressInfo, createServer, type Server } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Sent } from "#infra/local/door/provider-local.ts";
import { createSmtpTransport } from "#providers/ses/local/smtp.ts";

const received: string[] = [];
const server = new SMTPServer({
  disabledCommands: ["AUTH", "STARTTLS"],
  onData: (stream, _session, done) => {
    let text = "";
    stream.on("data", (chunk) => {
      text += String(chunk);
    });
    stream.on("end", () => {
      received.push(text);
      done();
    });
  },
});
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const address: AddressInfo | string | null = server.server.address();
  url = `smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const MAIL: Sent = {
  channel: "email",
  provider: "ses",
  to: "ada@example.com",
  from: "Shop <shop@example.com>",
  subject: "Hello",
  text: "in text",
  html: "<b>in HTML</b>",
  headers: { "List-Unsubscribe": "<https://example.com/u>", "Reply-To": "help@example.com" },
  messageId: "m1",
  providerMessageId: "0100abc-000000",
  at: "2027-01-01T00:00:00.000Z",
  function: "send/email",
};

describe("with a mail server configured", () => {
  it("a mail really leaves, with its headers and both bodies", async () => {
    await createSmtpTransport(url)(MAIL);
    const [mail] = received;
    expect(mail).toContain("To: ada@example.com");
    expect(mail).toContain("Subject: Hello");
    expect(mail).toContain("List-Unsubscribe: <https://example.com/u>");
    expect(mail).toContain("Message-ID: <0100abc-000000@example.com>");
    expect(mail).toContain("in text");
    expect(mail).toContain("<b>in HTML</b>");
  });
});

/** A mail server of few words: what it says at once and to each command that begins so; null: it hangs up. */
type Script = Readonly<Record<string, string | null>>;
const POLITE: Script = {
  connect: "220 here",
  EHLO: "250-here\r\n250 AUTH PLAIN",
  AUTH: "235 2.7.0 welcome",
  MAIL: "250 2.1.0 ok",
  RCPT: "250 2.1.5 ok",
  DATA: "354 go on",
  ".": "250 2.0.0 taken",
  QUIT: "221 bye",
};
const servers: Server[] = [];
afterAll(() => {
  for (const one of servers) one.close();
});

const serverSaying = async (script: Script): Promise<string> => {
  const words: Script = { ...POLITE, ...script };
  const one = createServer((socket) => {
    const say = (key: string): void => {
      const answer = words[key];
      if (answer === null) socket.destroy();
      else if (answer !== undefined) socket.write(`${answer}\r\n`);
    };
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      for (const line of chunk.toString().split("\r\n")) {
        const key = Object.keys(words).find((word) => (word === "." ? line === "." : line.startsWith(word)));
        if (key !== undefined) say(key);
      }
    });
    say("connect");
  });
  servers.push(one);
  await new Promise<void>((resolve) => one.listen(0, "127.0.0.1", resolve));
  return `smtp://user:secret@127.0.0.1:${(one.address() as AddressInfo).port}`;
};

describe("a mail server that does not take a mail", () => {
  it("is one that takes it, where nothing is wrong", async () => {
    await expect(createSmtpTransport(await serverSaying({}))(MAIL)).resolves.toBeUndefined();
  });

  it.each<[what: string, script: Script, code: string, status: number]>([
    ["does not know the mailbox", { RCPT: "550 5.1.1 user unknown" }, "BadRequestException", 400],
    ["refuses the recipient for another reason", { RCPT: "550 5.7.1 blocked" }, "MessageRejected", 400],
    ["refuses the sender", { MAIL: "550 5.1.1 sender unknown" }, "MessageRejected", 400],
    ["refuses what it says", { ".": "554 5.7.1 spam" }, "MessageRejected", 400],
    ["refuses the login", { AUTH: "535 5.7.8 who are you" }, "AccessDeniedException", 403],
    ["puts the recipient off", { RCPT: "450 4.2.0 greylisted" }, "ServiceUnavailable", 503],
    ["is full for now", { MAIL: "452 4.3.1 no room" }, "ServiceUnavailable", 503],
    ["puts off what it has read", { ".": "451 4.3.0 later" }, "ServiceUnavailable", 503],
    ["has no time", { connect: "421 4.3.2 busy" }, "ServiceUnavailable", 503],
    ["hangs up at once", { connect: null }, "ServiceUnavailable", 503],
    ["hangs up before the mail is told", { DATA: null }, "ServiceUnavailable", 503],
    ["hangs up when it has the mail, and may have taken it", { ".": null }, "InternalServerError", 500],
  ])("because it %s, is told in the words of SES", async (_what, script, code, status) => {
    const sending = createSmtpTransport(await serverSaying(script))(MAIL);
    await expect(sending).rejects.toMatchObject({ name: "AwsError", code, status });
  });

  it("because nobody listens there, is known not to have it", async () => {
    const sending = createSmtpTransport("smtp://127.0.0.1:1")(MAIL);
    await expect(sending).rejects.toMatchObject({ code: "ServiceUnavailable", status: 503 });
  });

  it("is not quoted: its words may hold addresses", async () => {
    const send = createSmtpTransport(await serverSaying({ RCPT: "550 5.7.1 ada@example.com is blocked" }));
    const failure = await send(MAIL).catch((error: unknown) => error);
    expect(String(failure)).toBe("AwsError: the mail server refused it with 550");
  });
});
