import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addresses } from "#channels/email/addresses.ts";

const spell = (text: string): string | null => addresses.spelling?.normalize(text, undefined) ?? null;

describe("a mail address has one spelling", () => {
  it.each([
    ["kim@bücher.example", "kim@xn--bcher-kva.example"],
    ["kim@BÜCHER.example", "kim@xn--bcher-kva.example"],
    ["kim@bu\u0308cher.example", "kim@xn--bcher-kva.example"],
    ["kim@xn--bcher-kva.example", "kim@xn--bcher-kva.example"],
    ["kim@straße.example", "kim@xn--strae-oqa.example"],
    ["kim@例え。テスト", "kim@xn--r8jz45g.xn--zckzah"],
    ["kim@пример.рф", "kim@xn--e1afmkfd.xn--p1ai"],
    ["kim\u200b@shop.example", "kim@shop.example"],
    ["k\u00adim@sh\u200bop.example", "kim@shop.example"],
    ["\ufeffkim@shop.example\u200e", "kim@shop.example"],
    ["\u202akim@shop.example\u202c", "kim@shop.example"],
    ["kim\u200d@shop.example", "kim@shop.example"],
    ["kim@sh\u200dop.example", "kim@shop.example"],
    [" kim@shop.example\n", "kim@shop.example"],
    ["\u00a0kim@shop.example\u3000", "kim@shop.example"],
    ["KIM@Shop.Example", "kim@shop.example"],
    ["mailto:kim@shop.example", "kim@shop.example"],
    ["MAILTO: kim@shop.example?subject=Hi&body=a@b", "kim@shop.example"],
    ["Kim Doe <kim@shop.example>", "kim@shop.example"],
    ['"Doe, Kim" <mailto:kim@shop.example>', "kim@shop.example"],
    ["<kim@shop.example>", "kim@shop.example"],
    ["'kim@shop.example'", "kim@shop.example"],
    ["kim@shop.example.", "kim@shop.example"],
    ["kim@shop.example;", "kim@shop.example"],
    ["ｋｉｍ＠ｓｈｏｐ．ｅｘａｍｐｌｅ", "kim@shop.example"],
    ["jo\u0308rg@shop.example", "jörg@shop.example"],
    ["kim+news@shop.example", "kim+news@shop.example"],
    ["o'kim@shop.example", "o'kim@shop.example"],
  ])("%j is %s", (written, expected) => {
    expect(spell(written)).toBe(expected);
  });

  it("keeps a joiner where it makes another domain, as in Persian", () => {
    expect(spell("kim@نامه\u200cای.example")).toBe("kim@xn--mgba3gch31f060k.example");
    expect(spell("kim@نامهای.example")).not.toBe("kim@xn--mgba3gch31f060k.example");
  });

  it.each([
    ...["", "kim", "@shop.example", "kim@", "kim@@shop.example", "kim@shop@example", "kim shop@shop.example"],
    ...["kim@shop.example, lee@shop.example", "mailto:", "<>", "kim@\u200b", "\u200b@shop.example"],
    ...["kim@bücher%2eexample", "kim@bücher/example", "kim@\u00ad.example\u0000"],
  ])("is none: %j", (written) => {
    expect(spell(written)).toBeNull();
  });

  it("is its own spelling, whatever came", () => {
    const part = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(part, part, (name, domain) => {
        const once = spell(`${name}@${domain}.example`);
        if (once !== null) expect(spell(once)).toBe(once);
      }),
    );
  });
});
