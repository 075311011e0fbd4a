import addressparser from "nodemailer/lib/addressparser";
import { describe, expect, it } from "vitest";
import { encodeMailbox, isMailbox } from "#providers/ses/mailbox.ts";
import { decodeMime } from "#providers/wire/local-mime.ts";

describe("a sender's name in a header", () => {
  it("is written as encoded words of at most 75 characters", () => {
    const mailbox = encodeMailbox(`"${"Überraschung ".repeat(8).trim()}" <a@b.example>`);
    const words = mailbox.replace(" <a@b.example>", "").split(" ");
    expect(words.every((word) => word.length <= 75 && /^=\?UTF-8\?Q\?[!-~]+\?=$/.test(word))).toBe(true);
    expect(decodeMime(`Subject: ${words.join(" ")}\r\n\r\n`).subject).toBe("Überraschung ".repeat(8).trim());
  });

  it.each([
    ["Shop <a@b.example>", "Shop <a@b.example>"],
    ["a@b.example", "a@b.example"],
    ["Fern, Ltd. <a@b.example>", '"Fern, Ltd." <a@b.example>'],
    ['"Fern, Ltd." <a@b.example>', '"Fern, Ltd." <a@b.example>'],
    ["Fern (UK): shop; more <a@b.example>", '"Fern (UK): shop; more" <a@b.example>'],
    ['The "Fern" <a@b.example>', '"The \\"Fern\\"" <a@b.example>'],
    ['"The \\"Fern\\"" <a@b.example>', '"The \\"Fern\\"" <a@b.example>'],
    ["kim@home <a@b.example>", '"kim@home" <a@b.example>'],
    ["Fern <a@bücher.example>", "Fern <a@xn--bcher-kva.example>"],
    ["a@b.example, c@d.example", "a@b.example, c@d.example"],
  ])("is quoted where it has to be: %s", (mailbox, header) => {
    expect(encodeMailbox(mailbox)).toBe(header);
  });

  it.each(["Café, Fern", 'Été "24" \\ <x', "名前, 会社", "a, b", "x\ty"])(
    "comes back as it was: %s",
    (name) => {
      const header = encodeMailbox(`"${name.replace(/["\\]/g, "\\$&")}" <a@b.example>`);
      expect(header).toMatch(/^[ -~]+$/);
      expect(addressparser(header)).toHaveLength(1);
    },
  );
});

describe("a sender as SES takes it", () => {
  it.each([
    "a@b.example",
    "Shop <a@b.example>",
    '"Fern, Ltd." <a@b.example>',
    "Fern, Ltd. <a@b.example>",
    "Café, Fern <a@b.example>",
  ])("is one address, alone or after a name: %s", (mailbox) => {
    expect(isMailbox(mailbox)).toBe(true);
  });

  it.each(["", "a@localhost", "a@b.example, c@d.example", "Shop <a b@c.example>", "Shop <>"])(
    "is nothing else: %s",
    (mailbox) => {
      expect(isMailbox(mailbox)).toBe(false);
    },
  );
});
