import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smsSize } from "#channels/sms/size.ts";

const GSM = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,!?@£$¥èéùìòÇØøÅåΔ_ΦÄÖÑÜ§¿äöñüà";

describe("the size of a text message", () => {
  it.each([
    ["", "GSM-7", 0, 1],
    ["a".repeat(160), "GSM-7", 160, 1],
    ["a".repeat(161), "GSM-7", 161, 2],
    ["a".repeat(306), "GSM-7", 306, 2],
    ["a".repeat(307), "GSM-7", 307, 3],
    ["€".repeat(80), "GSM-7", 160, 1],
    ["€".repeat(81), "GSM-7", 162, 2],
    ["ж".repeat(70), "UCS-2", 70, 1],
    ["ж".repeat(71), "UCS-2", 71, 2],
    ["ж".repeat(134), "UCS-2", 134, 2],
    ["ж".repeat(135), "UCS-2", 135, 3],
    ["👍".repeat(35), "UCS-2", 70, 1],
    ["👍".repeat(36), "UCS-2", 72, 2],
    ["naïve", "UCS-2", 5, 1],
    ["Grüße für 5 €", "GSM-7", 14, 1],
  ] as const)("counts %j as %s, %i units, %i parts", (text, encoding, units, parts) => {
    expect(smsSize(text)).toMatchObject({ encoding, units, parts });
  });

  it("never cuts an escaped character in two", () => {
    // 152 + 2 septets do not fit a part of 153.
    expect(smsSize(`${"a".repeat(152)}€${"a".repeat(151)}`).parts).toBe(2);
    expect(smsSize(`${"a".repeat(152)}€${"a".repeat(152)}`).parts).toBe(3);
  });

  it("never cuts a surrogate pair in two", () => {
    expect(smsSize(`${"ж".repeat(66)}👍${"ж".repeat(65)}`).parts).toBe(2);
    expect(smsSize(`${"ж".repeat(66)}👍${"ж".repeat(66)}`).parts).toBe(3);
  });

  it("takes as many parts as its units need, at most one cut unit a part", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...GSM, "€", "{", "ж", "👍"), { maxLength: 600 }),
        (characters) => {
          const { encoding, units, parts } = smsSize(characters.join(""));
          const [single, joined] = encoding === "GSM-7" ? [160, 153] : [70, 67];
          if (units <= single) {
            expect(parts).toBe(1);
            return;
          }
          expect(parts).toBeGreaterThanOrEqual(Math.ceil(units / joined));
          expect(parts).toBeLessThanOrEqual(Math.ceil(units / (joined - 1)));
        },
      ),
    );
  });

  it("never shrinks when text is added", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), fc.string({ maxLength: 50 }), (text, more) => {
        expect(smsSize(text + more).parts).toBeGreaterThanOrEqual(smsSize(text).parts);
      }),
    );
  });
});
