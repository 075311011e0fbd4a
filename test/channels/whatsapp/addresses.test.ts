import { describe, expect, it } from "vitest";
import { addresses } from "#channels/whatsapp/addresses.ts";

const normalize = (text: string) => addresses.spelling?.normalize(text, undefined);

describe("a WhatsApp address", () => {
  it.each([
    ["4915112345678", "4915112345678"],
    ["+49 1511 2345678", "4915112345678"],
    ["whatsapp:+4915112345678", "4915112345678"],
    ["DE.13491208655302741918", "DE.13491208655302741918"],
    ["US.abcDEF", "US.abcDEF"],
  ])("%j is %j: an id of Meta's is never taken for a number", (text, address) => {
    expect(normalize(text)).toBe(address);
  });

  it.each(["", "kim", "de.123", "DE.", "DE.12-3", "0151", `DE.${"1".repeat(129)}`])("%j is none", (text) => {
    expect(normalize(text)).toBeNull();
  });
});
