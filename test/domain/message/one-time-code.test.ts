import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeHash, codeLimits, codeOf, isCode, newCode } from "#domain/message/one-time-code.ts";

const UNTIL = "2026-11-30T12:00:00.000Z";
const OLD = "an old secret";
const NEW = "a new secret";

describe("a one-time code", () => {
  it("is made again of its mark and its secret, and nothing else is it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 4, max: 10 }), (id, length) => {
        const { mark, hash } = newCode([OLD], { id, length, until: UNTIL });
        const code = codeOf([NEW, OLD], mark) ?? "";
        expect(code).toMatch(new RegExp(`^\\d{${length}}$`));
        expect(isCode([NEW, OLD], id, code, hash)).toBe(true);
        expect(isCode([OLD], `${id}x`, code, hash)).toBe(false);
        expect(isCode([OLD], id, `${code}0`, hash)).toBe(false);
        expect(JSON.stringify({ key: mark.key, hash })).not.toContain(code.padEnd(10, "x"));
      }),
    );
  });

  it("is gone with its secret", () => {
    const { mark, hash } = newCode([OLD], { id: "otp_1", length: 6, until: UNTIL });
    const code = codeOf([OLD], mark) ?? "";
    expect(codeOf([NEW], mark)).toBeUndefined();
    expect(isCode([NEW], "otp_1", code, hash)).toBe(false);
    expect(codeHash([NEW], "otp_1", code)).not.toBe(hash);
  });
});

describe("what one-time codes are counted by", () => {
  const keysOf = (value: string, channel = "sms") =>
    codeLimits([OLD], { channel, value }).map(({ key }) => key);

  it("is the mailbox, by keyed hash", () => {
    expect(keysOf("kim+a@shop.example", "email")).toEqual(keysOf("kim@shop.example", "email"));
    expect(keysOf("kim@shop.example", "email")).not.toEqual(keysOf("sam@shop.example", "email"));
    expect(keysOf("kim@shop.example", "email").join(" ")).not.toContain("kim");
  });

  it("is the country of a number too, those that share a calling code apart", () => {
    const rangeOf = (number: string) => keysOf(number)[2];
    expect(rangeOf("+4915112345678")).toBe(rangeOf("+4917099999999"));
    expect(rangeOf("+4915112345678")).not.toBe(rangeOf("+436601234567"));
    expect(rangeOf("+12025550100")).not.toBe(rangeOf("+18765550100"));
    // A number that no plan knows is still counted with those that begin so.
    expect(rangeOf("+9990000001")).toBe(rangeOf("+9990000002"));
  });
});
