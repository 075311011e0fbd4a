import { describe, expect, it } from "vitest";
import { addresses } from "#channels/sms/addresses.ts";

const spell = (text: string): string | null => addresses.spelling?.normalize(text, "DE") ?? null;

describe("a phone number has one spelling", () => {
  it.each([
    "+4917012345678",
    " 0170 1234 5678\n",
    "\u202a+49 170 12345678\u202c",
    "0170\u200b12345678",
    "tel:+49-170-12345678",
    "TEL: 0170 12345678",
    "sms:+4917012345678",
    "whatsapp:+4917012345678",
    "callto://+4917012345678",
  ])("%j", (written) => {
    expect(spell(written)).toBe("+4917012345678");
  });

  it.each(["mailto:+4917012345678", "tel:", "\u200b", "tel:kim"])("is none: %j", (written) => {
    expect(spell(written)).toBeNull();
  });
});
