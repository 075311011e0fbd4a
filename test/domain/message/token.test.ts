import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readToken, signToken } from "#domain/message/token.ts";
import type { LinkToken } from "#domain/message/token-fields.ts";

const KEYS = ["a secret of the shop"];
const NOW = Date.parse("2026-11-21T12:00:00.000Z");
const LATER = NOW + 86_400_000;

const id = fc.stringMatching(/^[a-z]{3}_[0-9a-z]{26}$/);
const tokens: fc.Arbitrary<LinkToken> = fc.oneof(
  fc.record({
    kind: fc.constant("click" as const),
    messageId: id,
    url: fc.webUrl({ withQueryParameters: true }),
  }),
  fc.record({ kind: fc.constant("open" as const), messageId: id }),
  fc.record({
    kind: fc.constant("unsubscribe" as const),
    customerId: id,
    messageId: id,
    channel: fc.constantFrom("email", "sms"),
    topic: fc.string({ maxLength: 40, unit: "grapheme" }),
  }),
  fc.record({
    kind: fc.constant("unsubscribe" as const),
    customerId: id,
    messageId: id,
    channel: fc.constantFrom("email", "sms"),
    topic: fc.constant("marketing"),
    address: fc.emailAddress(),
  }),
  fc.record({
    kind: fc.constant("confirm" as const),
    customerId: id,
    messageId: id,
    channel: fc.constantFrom("email", "sms"),
    address: fc.emailAddress(),
    topics: fc.array(fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }), { maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant("preferences" as const), customerId: id, messageId: id }),
  fc.record({
    kind: fc.constant("preferences" as const),
    customerId: id,
    messageId: id,
    channel: fc.constantFrom("email", "sms"),
    address: fc.emailAddress(),
  }),
  fc.record({
    kind: fc.constant("slot" as const),
    decisionId: id,
    rank: fc.integer({ min: 1, max: 999 }),
    proven: fc.boolean(),
  }),
);

describe("link tokens", () => {
  it("come back as they were signed", () => {
    fc.assert(
      fc.property(tokens, (token) => {
        const text = signToken(KEYS, token, LATER);
        expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
        expect(readToken(KEYS, text, NOW)).toEqual({ result: "valid", token });
      }),
    );
  });

  it("are refused when one character is changed, left out or added", () => {
    fc.assert(
      fc.property(tokens, fc.nat(), fc.base64String({ minLength: 4, maxLength: 4 }), (token, seed, noise) => {
        const text = signToken(KEYS, token, LATER);
        const at = seed % text.length;
        const other = text[at] === "A" ? "B" : "A";
        const changed = [
          text.slice(0, at) + other + text.slice(at + 1),
          text.slice(0, at) + text.slice(at + 1),
          text + noise.replace(/[^A-Za-z0-9]/g, "x"),
          `${text}=`,
          text.slice(0, at),
        ];
        for (const forged of changed) expect(readToken(KEYS, forged, NOW)).toEqual({ result: "forged" });
      }),
    );
  });

  it("are refused whatever anybody writes in their place", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.base64String({ maxLength: 200 })), (text) => {
        expect(readToken(KEYS, text, NOW)).toEqual({ result: "forged" });
      }),
    );
    expect(readToken(KEYS, "A".repeat(100_000), NOW)).toEqual({ result: "forged" });
  });

  it("are refused under another secret, and read under one that was exchanged", () => {
    const text = signToken(KEYS, { kind: "open", messageId: "msg_1" }, LATER);
    expect(readToken(["another"], text, NOW).result).toBe("forged");
    expect(readToken(["the new one", ...KEYS], text, NOW).result).toBe("valid");
  });

  it("expire", () => {
    const text = signToken(KEYS, { kind: "open", messageId: "msg_1" }, NOW + 1_000);
    expect(readToken(KEYS, text, NOW).result).toBe("valid");
    expect(readToken(KEYS, text, NOW + 1_000)).toEqual({ result: "expired" });
  });

  it("show nobody whom they belong to or where they lead", () => {
    const token: LinkToken = {
      kind: "click",
      messageId: "msg_1",
      url: "https://shop.example/account?mail=ada@example.com",
    };
    const bytes = Buffer.from(signToken(KEYS, token, LATER), "base64url").toString("latin1");
    expect(bytes).not.toContain("ada");
    expect(bytes).not.toContain("shop");
    expect(bytes).not.toContain("msg_1");
  });

  it("pack a long target, and read it again", () => {
    const url = `https://shop.example/sale?${"utm_campaign=autumn-sale&utm_medium=email&".repeat(20)}`;
    const token: LinkToken = { kind: "click", messageId: "msg_1", url };
    const text = signToken(KEYS, token, LATER);
    expect(text.length).toBeLessThan(url.length / 2);
    expect(readToken(KEYS, text, NOW)).toEqual({ result: "valid", token });
  });

  it("are the same for the same link", () => {
    const token: LinkToken = { kind: "open", messageId: "msg_1" };
    expect(signToken(KEYS, token, LATER)).toBe(signToken(KEYS, token, LATER));
  });

  it("need a secret", () => {
    expect(() => signToken([], { kind: "open", messageId: "msg_1" }, LATER)).toThrow("no link key");
  });
});
