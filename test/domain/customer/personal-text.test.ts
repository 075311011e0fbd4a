import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MASKED, maskingText } from "#domain/customer/personal-text.ts";

const ofNobody = maskingText([]);
const ofJane = maskingText([
  "jane.doe@example.com",
  "+491701234567",
  "berta",
  "member-4711",
  "a b/c+d@x.example",
  "abc",
]);

describe("a text without what names or reaches somebody", () => {
  it.each([
    ["for kim@example.com", `for ${MASKED}`],
    ["https://x.example/?email=kim@example.com&page=2", `https://x.example/?email=${MASKED}&page=2`],
    ["?m=kim%40example.com", `?m=${MASKED}`],
    ["?m=kim%2540example.com", `?m=${MASKED}`],
    ["Kim <KIM@EXAMPLE.COM>, kim+x@sub.example.co.uk", `Kim <${MASKED}>, ${MASKED}`],
    ["mailto:kim@localhost", `mailto:${MASKED}`],
    ["kim&#64;example.com", `${MASKED}`],
    ["call +49 170 1234567 now", `call ${MASKED} now`],
    ["+1 (202) 555-0187", MASKED],
    ["tel=%2B12025550187", `tel=${MASKED}`],
    ["0049 170 1234567", MASKED],
    ["(030) 12345678", MASKED],
    ["0170/1234567.", `${MASKED}.`],
    ["202-555-0187", MASKED],
  ])("hides the address or number in %j", (text, rest) => {
    expect(ofNobody(text)).toBe(rest);
  });

  it.each([
    "2026-11-21T08:30:00.000Z",
    "2026-11-21T08:30:00+01:00",
    "21.11.2026",
    "01.02.2026 08:30",
    "08:00",
    "1763713800000",
    "0.123456789",
    "10.0123456789",
    "99.90 EUR",
    "SKU-1234567",
    "0b7c7c1e-7e0d-4f43-9a52-4b8a1c3f2d10",
    "01234567-89ab-4cde-8f01-23456789abcd",
    "3 @ 5 EUR",
    "@shop",
    "web.home.hero",
    "cart-abandoned",
    "",
  ])("leaves %j as it is", (text) => {
    expect(ofNobody(text)).toBe(text);
    expect(ofJane(text)).toBe(text);
  });

  it.each([
    ["JANE.DOE@EXAMPLE.COM", MASKED],
    ["seen member-4711 twice", `seen ${MASKED} twice`],
    ["xmember-4711y", `x${MASKED}y`],
    ["Berta's basket", `${MASKED}'s basket`],
    ["Alberta", "Alberta"],
    ["0170 1234567", MASKED],
    ["49-170-123-4567", MASKED],
    ["491701234567", MASKED],
    ["q=a%20b%2Fc%2Bd%40x.example", `q=${MASKED}`],
    ["abc", "abc"],
  ])("hides of one who is known %j", (text, rest) => {
    expect(ofJane(text)).toBe(rest);
  });

  it("stays what it is where nothing is known of the person any more, as in a replay", () => {
    const part = fc.constantFrom(
      "jane.doe@example.com",
      "+491701234567",
      "berta",
      "@",
      "%40",
      "0",
      "1234567",
      " ",
      ",",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string({ unit: "grapheme", maxLength: 8 }))), (parts) => {
        const once = ofJane(parts.join(""));
        expect(ofNobody(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it("holds none of the known texts, whatever stands around them", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (before, after) => {
        expect(ofJane(`${before}jane.doe@example.com${after}`)).not.toContain("jane.doe@example");
        expect(ofJane(`${before}member-4711${after}`)).not.toContain("member-4711");
      }),
    );
  });

  it.each([
    ["one at sign and no end", `@${"a".repeat(200_000)}`],
    ["nothing but at signs", "a@".repeat(100_000)],
    ["nothing but digits", "1".repeat(200_000)],
    ["a number that never ends", `+${"1 ".repeat(100_000)}x`],
    ["gaps without a number", `+${" ".repeat(200_000)}`],
  ])("is made in time linear in %s", (_, text) => {
    expect(ofJane(text).replaceAll(MASKED, "").length).toBeLessThanOrEqual(text.length);
  });
});

describe("a text with a customer's own words", () => {
  const of = (...known: string[]) => maskingText(known);

  it("masks a name of five characters as a word, and one of eight within another", () => {
    expect(of("bert")("bert")).toBe("bert");
    expect(of("berta")("berta, Alberta")).toBe(`${MASKED}, Alberta`);
    expect(of("bertaxx")("xbertaxx")).toBe("xbertaxx");
    expect(of("bertaxxx")("xbertaxxx")).toBe(`x${MASKED}`);
  });

  it("finds a number by its last nine digits, however it is written", () => {
    const ofNumber = of("+491701234567");
    expect(ofNumber("701234567")).toBe(MASKED);
    expect(ofNumber("01234567x")).toBe("01234567x");
    expect(ofNumber("id 1-701-234-567")).toBe(`id${MASKED}`);
    expect(of("+1234567")("1234567")).toBe(MASKED);
    expect(of("number-1234567")("1234567")).toBe("1234567");
    expect(of("+1234567890123456")("890123456")).toBe("890123456");
  });

  it("masks the longer of two names that begin alike", () => {
    expect(of("long-name", "long-name-more")("long-name-more")).toBe(MASKED);
    expect(of("long-name-more", "long-name")("long-name-more")).toBe(MASKED);
  });

  it("masks an address at either end of a text, and an at sign alone is none", () => {
    expect(of()("kim@example.com")).toBe(MASKED);
    expect(of()("@example.com kim@ @ kim@@example.com")).toBe("@example.com kim@ @ kim@@example.com");
    expect(of()("@")).toBe("@");
  });

  it("masks a number of seven digits with its plus, and none of six", () => {
    expect([of()("+1234567"), of()("+123456")]).toEqual([MASKED, "+123456"]);
    expect(of("text-9999")(MASKED)).toBe(MASKED);
    expect(of(MASKED, "text-9999")(`${MASKED} x`)).toBe(`${MASKED} x`);
  });
});
