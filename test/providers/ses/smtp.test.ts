import type { AddressInfo } from "node:net";
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
    expect(mail).toContain("Message-ID: <0100abc-000000@email.amazonses.com>");
    expect(mail).toContain("in text");
    expect(mail).toContain("<b>in HTML</b>");
  });
});
