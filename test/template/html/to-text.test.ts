import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { htmlToText } from "#template/html/to-text.ts";

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

  it.each([
    ["&oacute; &aring; &bdquo;x&ldquo; &rarr; &hearts; &Scaron;", "ó å „x“ → ♥ Š"],
    ["a&nbsp;&zwnj;&shy;&#847;&#8203;&#65279;b", "a b"],
    ["می&zwnj;خواهم", "می\u200cخواهم"],
    ["<p>5&thinsp;&lt;&thinsp;6</p>", "5 < 6"],
  ])("reads %s", (html, text) => {
    expect(htmlToText(html)).toBe(text);
  });

  it.each([
    "display:none",
    "DISPLAY : None !important; color:#fff",
    "display:none;font-size:1px;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;mso-hide:all",
    "visibility:hidden",
    "opacity:0",
    "opacity: 0.0",
    "max-height:0;overflow:hidden",
    "height:0px;overflow:hidden",
    "max-width:0;overflow:hidden",
    "font-size:0",
    "font-size:1px",
    "position:absolute;left:-9999px",
    "text-indent:-9999px",
    "position:absolute;clip:rect(0 0 0 0)",
    "clip-path:inset(50%)",
    "display&colon;none",
  ])("leaves out a preheader that is hidden by %s", (style) => {
    for (const name of ["div", "span", "p", "td"]) {
      const html = `<body><${name} class=x style="${style}">Secret <b>words</b> <img alt=></${name}><p>Hello</p></body>`;
      expect(htmlToText(html)).toBe("Hello");
    }
  });

  it.each([
    ["the attribute", "<div hidden>Secret</div><p>Hello</p>"],
    [
      "a class of the style sheet",
      "<style>a,.pre , #x{ display:none }</style><p class='a pre'>Secret</p><p>Hello</p>",
    ],
    ["an id", "<style>/* x */ @import 'y'; span#x{opacity:0}</style><span id=x>Secret</span><p>Hello</p>"],
    ["an element that nobody closed", "<p style='display:none'>Secret<p>Hello"],
    ["a row that nobody closed", "<table><tr style='display:none'><td>Secret<tr><td>Hello</table>"],
    [
      "a table in a table",
      "<table style='display:none'><tr><td><table><tr><td>Secret</table>Secret</table>Hello",
    ],
    ["a picture's own style", "<img alt=Secret style='display:none'><p>Hello</p>"],
  ])("leaves out what is hidden by %s", (_what, html) => {
    expect(htmlToText(html)).toBe("Hello");
  });

  it.each([
    ["from Outlook alone", '<a style="mso-hide:all" href="#">Hello</a>'],
    [
      "on small screens alone",
      "<style>@media (max-width:480px){.a{display:none}.b{color:red}}</style><p class=a>Hello</p>",
    ],
    [
      "by a layout whose words have a size of their own",
      '<td style="font-size:0px"><div style="font-size:13px">Hello</div></td>',
    ],
    ["as a picture in such a layout", '<td style="font-size:0px"><img alt="Hello"></td>'],
    ["by a height that overflows", '<div style="height:0">Hello</div>'],
    ["by what only begins so", '<div style="opacity:0.5;max-height:05px;overflow:hidden">Hello</div>'],
  ])("keeps what is hidden %s", (_what, html) => {
    expect(htmlToText(html)).toBe("Hello");
  });

  it("counts the items of a list, and sets those of a list within it further in", () => {
    const html =
      "<p>To do</p><ol start=3><li><p>One</p><li>Two<ul><li>a<li>b</ul></li><li>Three</ol><p>Bye</p>";
    expect(htmlToText(html)).toBe(
      ["To do", "", "3. One", "4. Two", "  - a", "  - b", "5. Three", "", "Bye"].join("\n"),
    );
  });

  it("writes a telephone link and a mail link by what they lead to", () => {
    const html = '<a href="tel:+4940123">Call us</a> <a href="mailto:a@b.example?subject=x">Write</a>';
    expect(htmlToText(html)).toBe("Call us (+4940123) Write (a@b.example)");
  });

  it("names a linked picture by its words, and a wordless one by where it leads", () => {
    const html =
      '<a href="https://a.example"><img alt="Our shop"></a><br><a href="https://b.example"><img></a>';
    expect(htmlToText(html)).toBe("Our shop (https://a.example)\nhttps://b.example");
  });

  it("keeps the lines of preformatted words", () => {
    expect(htmlToText("<p>Code</p><pre>one\n  two\n\nthree</pre><p>End</p>")).toBe(
      "Code\n\none\n  two\n\nthree\n\nEnd",
    );
  });

  it.each([
    ["elements that nobody closes", "<b>".repeat(50_000)],
    ["rows", `${"<b>".repeat(199)}${"<tr>".repeat(20_000)}`],
    ["closing tags", "<i>".repeat(300) + "</b>".repeat(50_000)],
    ["braces", `<style>${"{".repeat(100_000)}</style>`],
    ["selectors", `<style>${"a ".repeat(100_000)}</style>`],
    ["declarations", `<p style="${":;".repeat(100_000)}">`],
  ])("comes in time of heaps of %s", (_what, html) => {
    expect(htmlToText(`${html}`)).toBe("");
  });
});
