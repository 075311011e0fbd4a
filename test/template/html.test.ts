import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml, unescapeAttribute, unescapeHtml } from "#template/html/escape.ts";
import { appendToBody, prependToBody, rewriteHtmlLinks, rewriteTextLinks } from "#template/html/links.ts";
import { scanHtml } from "#template/html/scan.ts";

const counted = (url: string): string => `https://hub.example/l/${encodeURIComponent(url)}`;
const markup = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "<a href=",
        '"',
        "'",
        ">",
        "<",
        "</a>",
        "<!--",
        "-->",
        "<script>",
        "</",
        "=",
        "&amp;",
        "<p",
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 40 },
  )
  .map((pieces) => pieces.join(""));

describe("scanning HTML", () => {
  it("covers every character once, in order, whatever the text", () => {
    fc.assert(
      fc.property(markup, (html) => {
        let at = 0;
        for (const token of scanHtml(html)) {
          expect(token.from).toBe(at);
          expect(token.to).toBeGreaterThan(token.from);
          at = token.to;
        }
        expect(at).toBe(html.length);
      }),
    );
  });

  it("finds no tags inside scripts, styles and comments", () => {
    const html = '<style>a>b{}</style><!-- <a href="x"> --><script>"<a href=y>"</script><a href="z">';
    const links = scanHtml(html).filter((token) => token.kind === "open" && token.name === "a");
    expect(links).toHaveLength(1);
  });
});

describe("rewriting links", () => {
  it.each([
    [
      '<a href="https://shop.example/?a=1&amp;b=2">x</a>',
      `<a href="${counted("https://shop.example/?a=1&b=2")}">x</a>`,
    ],
    ["<A HREF='http://shop.example'>x</A>", `<A HREF='${counted("http://shop.example")}'>x</A>`],
    ["<a href=https://shop.example/x>x</a>", `<a href="${counted("https://shop.example/x")}">x</a>`],
    ['<area href="https://shop.example">', `<area href="${counted("https://shop.example")}">`],
    ['<a href="mailto:help@shop.example">x</a>', '<a href="mailto:help@shop.example">x</a>'],
    ['<a href="#top">x</a>', '<a href="#top">x</a>'],
    [
      '<a data-untracked href="https://shop.example">x</a>',
      '<a data-untracked href="https://shop.example">x</a>',
    ],
    [
      '<link href="https://fonts.example"><img src="https://i.example">',
      '<link href="https://fonts.example"><img src="https://i.example">',
    ],
    [
      '<!--[if mso]><a href="https://shop.example"><![endif]-->',
      '<!--[if mso]><a href="https://shop.example"><![endif]-->',
    ],
  ])("makes of %s: %s", (html, expected) => {
    expect(rewriteHtmlLinks(html, counted)).toBe(expected);
  });

  it.each([
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "&#0000106avascript:alert(1)",
    "javascript&colon;alert(1)",
    "java&NewLine;script:alert(1)",
    "&#1;javascript:alert(1)",
    "java\u00ad\u200bscript:alert(1)",
    "javascript%3Aalert(1)",
    "javascript%253Aalert(1)",
    `${"\t".repeat(1_000)}javascript:alert(1)`,
    "shopapp://cart/1",
    "file:///etc/passwd",
  ])("takes the sting out of %j", (href) => {
    expect(rewriteHtmlLinks(`<a href="${href}">x</a>`, counted)).toBe('<a href="#">x</a>');
  });

  it.each([
    "mailto:a@b.example?subject=Hi",
    "tel:+4940123",
    "sms:+4940123?body=Hi",
    "whatsapp://send?phone=4940123",
    "WhatsApp://send",
    "/account",
    "?a=b:c",
    "x/y:z",
  ])("keeps %j", (href) => {
    expect(rewriteHtmlLinks(`<a href="${href}">x</a>`, counted)).toBe(`<a href="${href}">x</a>`);
  });

  it("keeps the schemes that a playbook names, and pages always, and what runs code never", () => {
    const schemes = ["shopapp", "javascript"];
    const hrefs = ["ShopApp://cart/1", "tel:1", "javascript:x", "https://a.example"];
    const html = hrefs.map((href) => `<a href="${href}">x</a>`).join("");
    const kept = [...rewriteHtmlLinks(html, (url) => url, schemes).matchAll(/href="([^"]*)"/g)];
    expect(kept.map(([, href]) => href)).toEqual(["ShopApp://cart/1", "#", "#", "https://a.example"]);
  });

  it("lets nothing else run code either, and keeps pictures", () => {
    const html =
      '<form action="javascript:x"><svg><a xlink:href=javascript:x><img src="data:image/png;base64,AA">';
    expect(rewriteHtmlLinks(html, counted)).toBe(
      '<form action="#"><svg><a xlink:href="#"><img src="data:image/png;base64,AA">',
    );
  });

  it("never lets a link break out of its attribute", () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.string({ maxLength: 20 }), (url, noise) => {
        const html = `<a href="${escapeHtml(url + noise)}">x</a>`;
        const links = scanHtml(rewriteHtmlLinks(html, (target) => target)).filter(
          ({ kind }) => kind === "open",
        );
        expect(links).toHaveLength(1);
        const [link] = links;
        expect(link?.kind === "open" && link.attributes).toHaveLength(1);
      }),
    );
  });

  it("finds addresses in plain text without the punctuation around them", () => {
    expect(rewriteTextLinks("See https://shop.example/x. Or (http://a.example)!", (url) => `<${url}>`)).toBe(
      "See <https://shop.example/x>. Or (<http://a.example>)!",
    );
  });

  it("inserts into the body, or around a fragment without one", () => {
    expect(appendToBody("<body><p>x</p></body></html>", "!")).toBe("<body><p>x</p>!</body></html>");
    expect(appendToBody("<p>x</p>", "!")).toBe("<p>x</p>!");
    expect(prependToBody('<body class="a"><p>x</p>', "!")).toBe('<body class="a">!<p>x</p>');
    expect(prependToBody("<p>x</p>", "!")).toBe("!<p>x</p>");
  });
});

describe("escaping", () => {
  it("is undone by unescaping", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unescapeHtml(escapeHtml(text))).toBe(text);
      }),
    );
  });

  it.each([
    ["&oacute;&aring;&bdquo;&rarr;&Zcaron;&hearts;", "óå„→Ž♥"],
    ["&CounterClockwiseContourIntegral;&NotEqualTilde;", "∳≂̸"],
    ["&#8364;&#x20AC;&#X20ac;&#128;", "€€€€"],
    ["&copy 2026 &eacute", "© 2026 é"],
    ["&nosuchname; &; & &#;", "&nosuchname; &; & &#;"],
  ])("of every name that HTML knows is undone: %s", (html, text) => {
    expect(unescapeHtml(html)).toBe(text);
  });

  it("leaves the parameters of an address alone", () => {
    expect(unescapeAttribute("/?a=1&copy=2&amp;b=3&colon;")).toBe("/?a=1&copy=2&b=3:");
  });
});
