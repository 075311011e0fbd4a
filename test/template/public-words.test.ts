import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderLiquid } from "#template/liquid/template.ts";
import { publicText, publicValue } from "#template/public-words.ts";

describe("a text that anybody may have said", () => {
  it.each([
    "Kim",
    "Dr. Müller",
    "A.B.",
    "J.R.R. Tolkien",
    "Anne-Marie O'Neil, Ph.D.",
    "Müller & Söhne",
    "Espresso 250 g (No. 5), 3.50 €",
    "v1.2.3",
    "2026-11-30T10:00:00.000Z",
    "Europe/Berlin",
    "wait...and see",
    "1 < 2 > 0 &amp; 100 %",
    "علی رضا",
    "陳大文",
    "Order: 17",
  ])("is shown as it is: %j", (text) => {
    expect(publicText(text)).toBe(text);
  });

  it.each([
    ["https://evil.example win", "win"],
    ["win HTTPS:\\\\evil.example/x now", "win now"],
    ["win https:evil.example now", "win now"],
    ["see ftp://evil.example", "see"],
    ["app://evil.example Kim", "Kim"],
    ["Kim www.evil.example", "Kim"],
    ["(www.evil.example)", "("],
    ["evil.example", "evil. example"],
    ["Evil.Example/login", "Evil. Example/login"],
    ["//evil.example", "//evil. example"],
    ["kim@evil.example", "kim@evil. example"],
    ["a.b.evil.co", "a.b. evil. co"],
    ["evil.рф and evil.中国", "evil. рф and evil. 中国"],
    ["evil。example", "evil. example"],
    ["evil．example", "evil. example"],
    ["xn--evil-9za.example", "xn--evil-9za. example"],
    ["ev\u200bil.\u2060exa\u00admple", "evil. example"],
    ["https\u200b://evil.example", null],
    ["ｈｔｔｐｓ://evil.example", null],
    ["&#104;ttps://evil.example win", "win"],
    ["evil&period;example", "evil. example"],
    ["evil%2Eexample", "evil. example"],
    ["evil<b>.</b>example", "evil. example"],
    ["[win](https://evil.example)", "[win]("],
    ["Dr.Müller", "Dr. Müller"],
    ["Kim\r\nBcc: x", "Kim Bcc: x"],
    ["Kim\u2028\u0000\u0085x", "Kim x"],
    ["\u202eexample.live", "example. live"],
    ["\u200b \u2066", null],
    ["", null],
  ])("%j is shown as %j", (text, shown) => {
    expect(publicText(text)).toBe(shown);
  });

  it("has at most 100 characters, or as many as are declared", () => {
    expect(publicText("x".repeat(101))).toBe("x".repeat(100));
    expect(publicText("x".repeat(301), { maxLength: 300 })).toBe("x".repeat(300));
    expect(publicText(`${"x".repeat(99)}😀`)).toBe("x".repeat(99));
  });

  it("is a whole web address only where one is declared", () => {
    const url = `https://shop.example/${"x".repeat(200)}?a=1&b=%20`;
    expect(publicText(url, { url: true })).toBe(url);
    expect(publicText(`win ${url}`, { url: true })).toBe("win");
    expect(publicText("javascript:alert(1)//evil.example", { url: true })).not.toContain("evil.example");
  });

  it("is a whole web address, too, where its host may be led to", () => {
    const admits = (address: string) => address.startsWith("https://shop.example/");
    expect(publicText("https://shop.example/x", {}, admits)).toBe("https://shop.example/x");
    expect(publicText("see https://shop.example/x", {}, admits)).toBe("see");
    expect(publicText("https://evil.example/x", {}, admits)).toBeNull();
  });

  it("is a mail address only where one is declared, and nothing more", () => {
    expect(publicText("kim@shop.example", { mailAddress: true })).toBe("kim@shop.example");
    expect(publicText("kim@https://evil.example", { mailAddress: true })).toBe("kim@");
    expect(publicText("kim@shop.example win", { mailAddress: true })).toBe("kim@shop. example win");
  });

  it("never holds what a program could make a link of, and is its own showing", () => {
    const piece = fc.constantFrom(
      ..."https :// // www . evil example com a A - _ @ / \\ % 2E &#46; &period; ; : < > \u200b \u202e 。 ． ｡ é é 中 1 \u0000 \ud800".split(
        " ",
      ),
      " ",
      "\n",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const shown = publicText(pieces.join("")) ?? "";
        expect(shown).not.toMatch(/:\/\/|www\.|[\n\r]|[^\s.。．｡][.。．｡]\p{L}{2}/iu);
        expect(publicText(shown) ?? "").toBe(shown);
        expect(shown.length).toBeLessThanOrEqual(100);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each([
    "a".repeat(100_000),
    ".".repeat(100_000),
    " ".repeat(100_000),
    "a.".repeat(50_000),
    "&#".repeat(50_000),
  ])("is shown in time, however long it is", (text) => {
    expect((publicText(text) ?? "").length).toBeLessThanOrEqual(100);
  });
});

describe("a value that anybody may have said", () => {
  const bounds: Readonly<Record<string, object>> = {
    url: { url: true },
    story: { maxLength: 200 },
    "a.link": {},
  };
  const shown = (value: Parameters<typeof publicValue>[0]) =>
    publicValue(value, { boundOf: (name) => bounds[name], admits: () => false });

  it("is shown member by member, by what is declared of its name", () => {
    const text = "y".repeat(300);
    expect(
      shown({
        name: "evil.example",
        url: "https://shop.example/x",
        products: [{ name: "https://evil.example", url: "https://shop.example/y", price: 3.5 }],
        story: { long: text },
        "evil.example": true,
        "a.link": null,
      }),
    ).toEqual({
      name: "evil. example",
      url: "https://shop.example/x",
      products: [{ name: null, url: "https://shop.example/y", price: 3.5 }],
      story: { long: text.slice(0, 200) },
      "evil. example": true,
      "a.link": null,
    });
  });

  it("makes no address of the texts of a list that is written as one", () => {
    for (const list of [
      ["evil.", "example"],
      ["evil", ".example"],
      ["www.", "evil.example"],
      ["a:", "//evil.example"],
    ]) {
      const setting = { locale: "en", timeZone: "UTC", now: "2026-11-30T10:00:00.000Z" };
      const source = { name: "text", source: "{{ list }}", mode: "text" as const };
      expect(renderLiquid(source, { list: shown(list) }, setting)).not.toMatch(/evil\.example/);
    }
  });
});
