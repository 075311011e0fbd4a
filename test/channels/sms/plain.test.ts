import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { channel } from "#channels/sms/channel.ts";
import { plainText } from "#channels/sms/plain.ts";
import { smsSize } from "#channels/sms/size.ts";

describe("a text message", () => {
  it.each([
    ["1\u00a0500", "1 500"],
    ["1\u202f500,00\u00a0€", "1 500,00 €"],
    ["5\u2009%\u3000x\u2003y\tz", "5 % x y z"],
    ["“Hi” „du“ «toi» ‘a’ it’s", '"Hi" "du" "toi" \'a\' it\'s'],
    ["9–12 — x‑y −5", "9-12 - x-y -5"],
    ["Wait…", "Wait..."],
    ["so\u00adft\u200b\ufeff \u200fx", "soft x"],
    ["cafe\u0301", "café"],
    ["a\nb\r\nc", "a\nb\r\nc"],
  ])("costs no more for its typography: %j", (text, plain) => {
    expect(plainText(text)).toBe(plain);
    expect(smsSize(plainText(text)).encoding).toBe("GSM-7");
  });

  it.each(["Grüße für 5 €", "Привет “мир”", "Hi… 👍", "Zażółć\u00a0„gęślą”", ""])(
    "is left as it was written where that changes nothing: %j",
    (text) => {
      expect(plainText(text)).toBe(text);
    },
  );

  it("is in one alphabet or as it was, whatever it holds", () => {
    const letters = fc.constantFrom(..."aé €\u00a0\u202f’…—ж👍\u0301");
    fc.assert(
      fc.property(fc.array(letters), (characters) => {
        const text = characters.join("");
        const plain = plainText(text);
        expect(plain === text || smsSize(plain).encoding === "GSM-7").toBe(true);
        expect(plainText(plain)).toBe(plain);
        expect(smsSize(plain).parts).toBeLessThanOrEqual(smsSize(text).parts);
      }),
    );
  });

  it("is measured as it is sent", () => {
    const measure = channel.content?.measure;
    expect(measure?.("1\u00a0500 ".repeat(25))).toMatchObject({ encoding: "GSM-7", parts: 1 });
    expect(measure?.("Žižka žije")).toMatchObject({ encoding: "UCS-2", foreign: ["Ž", "ž"] });
  });
});
