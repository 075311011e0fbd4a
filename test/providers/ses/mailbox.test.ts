import { describe, expect, it } from "vitest";
import { encodeMailbox, isMailbox } from "#providers/ses/mailbox.ts";

describe("a sender's name in a header", () => {
  it("is written as encoded words of at most 75 characters", () => {
    const mailbox = encodeMailbox(`"${"Überraschung ".repeat(8).trim()}" <a@b.example>`);
    const words = mailbox.replace(" <a@b.example>", "").split(" ");
    expect(words.every((word) => word.length <= 75 && /^=\?UTF-8\?B\?[A-Za-z0-9+/=]+\?=$/.test(word))).toBe(
      true,
    );
    const decoded = words.map((word) => Buffer.from(word.slice(10, -2), "base64").toString("utf8")).join("");
    expect(decoded).toBe("Überraschung ".repeat(8).trim());
    expect(encodeMailbox("Shop <a@b.example>")).toBe("Shop <a@b.example>");
    expect(encodeMailbox("a@b.example")).toBe("a@b.example");
  });
});

describe("a sender as SES takes it", () => {
  it.each(["a@b.example", "Shop <a@b.example>", '"Fern, Ltd." <a@b.example>', "Café, Fern <a@b.example>"])(
    "is one address, alone or after a name: %s",
    (mailbox) => {
      expect(isMailbox(mailbox)).toBe(true);
    },
  );

  it.each([
    "",
    "a@localhost",
    "Fern, Ltd. <a@b.example>",
    "a@b.example, c@d.example",
    "Shop <a b@c.example>",
    "Shop <>",
  ])("is nothing else: %s", (mailbox) => {
    expect(isMailbox(mailbox)).toBe(false);
  });
});
