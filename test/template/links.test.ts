import { describe, expect, it } from "vitest";
import { hostOf } from "#template/links/address.ts";
import { keepEmbeddedLinks, keepStyleLinks, keepTextLinks } from "#template/links/guard.ts";
import { covers, hostPattern, hostsWrittenIn } from "#template/links/hosts.ts";

const toShop = (address: string): boolean => [null, "shop.example"].includes(hostOf(address));

describe("the host of an address", () => {
  it.each([
    ["https://shop.example/x?y=1#z", "shop.example"],
    ["HTTPS://Shop.Example", "shop.example"],
    ["https://shop.example.:443/", "shop.example"],
    ["https://shop.example:8443/", "shop.example"],
    ["//evil.example/x", "evil.example"],
    [" \t//evil.example", "evil.example"],
    ["/\n/evil.example", "evil.example"],
    ["https:evil.example", "evil.example"],
    ["https:/evil.example", "evil.example"],
    ["ht\ntps://evil.example", "evil.example"],
    ["https://evil.ex\tample/", "evil.example"],
    ["https://shop.example。evil.example", "shop.example.evil.example"],
    ["https://bücher.example", "xn--bcher-kva.example"],
    ["https://2130706433/", "127.0.0.1"],
    ["webcal://evil.example/x", "evil.example"],
    ["ftp://evil.example", "evil.example"],
    ["WWW.evil.example:80/x", "www.evil.example"],
    ["intent://evil.example/#Intent;scheme=https;end", "evil.example"],
  ])("is read from %j", (address, host) => {
    expect(hostOf(address)).toBe(host);
  });

  it.each([
    "https://shop.example@evil.example/",
    "https://shop.example:x@evil.example/",
    "https://shop.example\\@evil.example/",
    "\\\\evil.example\\share",
    "/\\evil.example",
    "https://ev il.example/",
    "https://[shop.example]/",
    "https://",
    "intent:#Intent;S.browser_fallback_url=https%3A%2F%2Fevil.example;end",
  ])("is nobody's where readers would not agree: %j", (address) => {
    expect(hostOf(address)).toBe("");
  });

  it.each(["", "/x", "x.html", "#top", "?a=//b", "mailto:kim@evil.example", "tel:+4940", "shopapp://cart/1"])(
    "is none in %j",
    (address) => {
      expect(hostOf(address)).toBeNull();
    },
  );
});

describe("the hosts that a text writes out itself", () => {
  it.each<[what: string, source: string, hosts: string[]]>([
    ["an attribute", '<a href="https://Shop.example/x?a={{ event.a }}">', ["shop.example"]],
    ["one without a scheme", '<img src="//cdn.example/x.png">', ["cdn.example"]],
    ["a sentence", "See https://shop.example! Or www.help.example.", ["shop.example", "www.help.example"]],
    ["a text in Liquid", '{{ event.url | default: "https://shop.example/x" }}', ["shop.example"]],
    ["an assignment", '{% assign base = "https://shop.example" %}', ["shop.example"]],
    ["a path that data goes on with", "https://shop.example{{ event.path }}", ["shop.example"]],
  ])("are found in %s", (_what, source, hosts) => {
    expect(hostsWrittenIn({ part: [source] })).toEqual(hosts);
  });

  it.each([
    ["a host that data begins", "https://{{ data.shop }}.other.example/"],
    ["a host that data ends", "https://shop{{ data.rest }}/"],
    ["a condition", '{% if event.url contains "https://evil.example" %}x{% endif %}'],
    ["what is no address", "1 // 2, a.b, kim@shop.example"],
  ])("are none in %s", (_what, source) => {
    expect(hostsWrittenIn(source)).toEqual([]);
  });
});

describe("a pattern of hosts", () => {
  it.each([
    ["shop.example", ["shop.example"], ["www.shop.example", "eshop.example", "example"]],
    ["*.shop.example", ["www.shop.example", "a.b.shop.example"], ["shop.example", "eshop.example"]],
    ["Bücher.example", ["xn--bcher-kva.example"], ["bcher.example"]],
    ["localhost", ["localhost"], ["a.localhost"]],
  ])("%s covers itself, or what lies below its star", (pattern, covered, others) => {
    const patterns = new Set([hostPattern(pattern) ?? ""]);
    expect(covered.filter((host) => !covers(patterns, host))).toEqual([]);
    expect(others.filter((host) => covers(patterns, host))).toEqual([]);
  });

  it.each([
    "",
    "*",
    "*.example",
    "*.*.example",
    "https://shop.example",
    "shop.example/x",
    "shop.example:80",
    "a b",
  ])("is not %j", (text) => {
    expect(hostPattern(text)).toBeNull();
  });
});

describe("links that may not stay", () => {
  it.each([
    ["Parcel: https://evil.example/x. Bye", "Parcel: . Bye"],
    ["[win](https://evil.example/x) now", "[win]() now"],
    ["HTTPS:\\\\evil.example and www.evil.example/x", " and "],
    ["https://shop.example/a,https://evil.example/b", "https://shop.example/a,"],
    ["See https:evil.example or ftp://evil.example", "See  or "],
    ["//evil.example/x", ""],
    ["ht\ntps://evil.example", ""],
    ["https://shop.example/x\nhttps://evil.example", "https://shop.example/x\n"],
  ])("leave the text %j", (text, kept) => {
    expect(keepTextLinks(text, toShop)).toBe(kept);
  });

  it.each([
    "Note: 2 // 3",
    "HTTP: the definitive guide",
    "https://shop.example/x?next=1",
    "kim@evil.example",
    "A.B.",
  ])("are none of %j", (text) => {
    expect(keepTextLinks(text, toShop)).toBe(text);
  });

  it.each([
    ["color:red;background:url(//evil.example/x)", "color:red;background:url()"],
    ["background:\\75rl('https:\\2f\\2f evil.example')", "background:url('')"],
    ["@import 'https://evil.example/x.css';", "@import '';"],
    ["background:url('/\\\n/evil.example/x')", "background:url('')"],
    ["background:url('/\\\r\n/evil.example/x')", "background:url('')"],
    ["background:url(https://shop.example/x)", "background:url(https://shop.example/x)"],
    ["content:'\\201C'", "content:'\\201C'"],
  ])("leave the style %j", (style, kept) => {
    expect(keepStyleLinks(style, toShop)).toBe(kept);
  });

  it("leave a list of pictures", () => {
    expect(keepEmbeddedLinks("//evil.example/1 1x, https://shop.example/2 2x, /3 3x", toShop)).toBe(
      " 1x, https://shop.example/2 2x, /3 3x",
    );
  });

  it.each([
    ["blanks", `https://${" ".repeat(200_000)}x`],
    ["brackets", `https://x${"(".repeat(200_000)}`],
    ["letters", "a".repeat(200_000)],
    ["dots", `https://x${".".repeat(200_000)}x`],
  ])("are found in time where %s stand in heaps", (_what, text) => {
    expect(keepTextLinks(text, toShop).length).toBeLessThanOrEqual(text.length);
    expect(keepStyleLinks(text, toShop).length).toBeLessThanOrEqual(text.length);
  });
});
