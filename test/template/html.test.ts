import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml, unescapeHtml } from "#template/html/escape.ts";
import { appendToBody, prependToBody, rewriteHtmlLinks, rewriteTextLinks } from "#template/html/links.ts";
import { scanHtml } from "#template/html/scan.ts";
import { htmlToText } from "#template/html/to-text.ts";

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
  ])("takes the sting out of %j", (href) => {
    expect(rewriteHtmlLinks(`<a href="${href}">x</a>`, counted)).toBe('<a href="#">x</a>');
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

describe("text from HTML", () => {
  it("keeps paragraphs, lists, links and the words of images", () => {
    const html = `<html><head><title>T</title><style>p{color:red}</style></head><body>
      <h1>Hello&nbsp;Ada</h1><p>Your <b>order</b> is
      here: <a href="https://shop.example/o?a=1&amp;b=2">see it</a>.</p>
      <ul><li>Tea</li><li>Cups &amp; plates</li></ul>
      <img src="x.png" alt="A cup"><br>Bye<script>alert(1)</script><!-- no --></body></html>`;
    expect(htmlToText(html)).toBe(
      [
        "Hello Ada",
        "",
        "Your order is here: see it (https://shop.example/o?a=1&b=2).",
        "",
        "- Tea",
        "- Cups & plates",
        "",
        "A cup",
        "Bye",
      ].join("\n"),
    );
  });

  it("writes a link once when its words are its address", () => {
    expect(htmlToText('<a href="https://a.example">https://a.example</a>')).toBe("https://a.example");
    expect(htmlToText('<a href="mailto:a@b.example">a@b.example</a>')).toBe("a@b.example");
  });

  it("makes lines of a layout table", () => {
    expect(htmlToText("<table><tr><td>One</td><td>Two</td></tr><tr><td>Three</td></tr></table>")).toBe(
      "One Two\nThree",
    );
  });

  it("keeps every word and no markup, however elements are nested", () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const element = fc.constantFrom("p", "div", "b", "li", "td", "h2", "span");
    fc.assert(
      fc.property(fc.array(fc.tuple(element, word), { maxLength: 20 }), (parts) => {
        const html = parts.map(([name, text]) => `<${name} class="x">${text}</${name}>`).join(" ");
        const words = htmlToText(html).replace(/^- /gm, "").split(/\s+/).filter(Boolean);
        expect(words).toEqual(parts.map(([, text]) => text));
      }),
    );
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
});
