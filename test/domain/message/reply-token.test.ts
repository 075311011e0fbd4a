import { describe, expect, it } from "vitest";
import { readReplyAddress, replyToken } from "#domain/message/reply-token.ts";
import { hashId } from "#kernel/hash.ts";

const ID = hashId("msg", "dec_1", "1");
const KEYS = ["new", "old"];
const address = (keys: readonly string[]): string => `help+${replyToken(keys, ID)}@shop.example`;

describe("the address that a mail is answered at", () => {
  it("names the message, in any case, and by a key that was exchanged since", () => {
    expect(readReplyAddress(KEYS, address(KEYS))).toBe(ID);
    expect(readReplyAddress(KEYS, address(["old"]).toUpperCase())).toBe(ID);
    expect(address(KEYS).split("@")[0]?.length).toBeLessThanOrEqual(64);
  });

  it("names nothing where the token is of another key, is changed anywhere, or is guessed", () => {
    expect(readReplyAddress(["other"], address(KEYS))).toBeNull();
    const whole = address(KEYS);
    for (let at = 5; at < whole.indexOf("@"); at += 1) {
      const other = whole[at] === "0" ? "1" : "0";
      expect(readReplyAddress(KEYS, whole.slice(0, at) + other + whole.slice(at + 1))).toBeNull();
    }
    for (const odd of [
      "",
      "@",
      "help@shop.example",
      "help+@shop.example",
      `help+${"0".repeat(46)}@shop.example`,
    ])
      expect(readReplyAddress(KEYS, odd)).toBeNull();
  });

  it("is not given to an id of another form", () => {
    expect(replyToken(KEYS, "msg_1")).toBeNull();
  });
});
