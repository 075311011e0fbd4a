import { describe, expect, it } from "vitest";
import { renderLiquid } from "#template/liquid/template.ts";

const SETTING = { locale: "en", timeZone: "Europe/Berlin", now: "2026-11-21T12:00:00.000Z" };
const html = (source: string, scope: Record<string, unknown> = {}) =>
  renderLiquid({ name: "html", source, mode: "html" }, scope, SETTING);
const text = (source: string, scope: Record<string, unknown> = {}, setting = SETTING) =>
  renderLiquid({ name: "text", source, mode: "text" }, scope, setting);

describe("templates", () => {
  it("escape in HTML, unless the author asks for raw", () => {
    const scope = { name: '<script>alert("x")</script>' };
    expect(html("Hello {{ name }}", scope)).toBe("Hello &lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;");
    expect(html('<a title="{{ name }}">', scope)).not.toContain('title="<');
    expect(html("{{ name | raw }}", scope)).toContain("<script>");
    expect(html("{{ name | escape }}", scope)).toBe(html("{{ name }}", scope));
    expect(html("{{ name | upcase }}{% assign n = name %}{{ n }}{% echo name %}", scope)).not.toContain("<");
    expect(html("{% capture c %}{{ name }}{% endcapture %}{{ c }}", scope)).not.toContain("<");
    expect(html("{{ lines | newline_to_br }}", { lines: "<b>\nx" })).toBe("&lt;b&gt;<br />\nx");
  });

  it("do not escape in text", () => {
    expect(text("{{ name }}", { name: "Tom & Jerry <3" })).toBe("Tom & Jerry <3");
  });

  it("say nothing for what is not there", () => {
    expect(text("[{{ customer.missing.deep }}]", { customer: {} })).toBe("[]");
  });

  it("see own members only", () => {
    expect(
      text("[{{ customer.constructor }}{{ customer.__proto__ }}{{ customer.toString }}]", { customer: {} }),
    ).toBe("[]");
  });

  it.each([
    ["reads no file", '{% include "/etc/passwd" %}', /ENOENT/],
    ["renders no file", '{% render "secrets" %}', /ENOENT/],
    ["has no layout", '{% layout "page" %}x', /ENOENT/],
    ["knows its filters", "{{ 1 | explode }}", /undefined filter: explode/],
    ["is closed properly", "{% if x %}", /tag .*not closed/],
    ["stays within memory", "{% for i in (1..100000000) %}x{% endfor %}", /memory alloc limit/],
    ["stays within its output", "{% for i in (1..100000) %}{{ w }}{% endfor %}", /output limit exceeded/],
    [
      "stays within its time",
      "{% for i in (1..30000) %}{% for j in (1..100) %}{% assign x = j | plus: i %}{% endfor %}{% endfor %}",
      /limit exceeded/,
    ],
  ])("fails clearly unless it %s", (_why, source, expected) => {
    expect(() => html(source, { w: "x".repeat(100), x: true })).toThrow(expected);
    expect(() => html(source, { w: "x".repeat(100), x: true })).toThrow(
      expect.objectContaining({ code: "template_failed", message: expect.stringMatching(/^html: [^\n]*$/) }),
    );
  });

  it("stops a capture that doubles itself", () => {
    const source = `{% assign s = "xxxxxxxxxx" %}${"{% capture s %}{{ s }}{{ s }}{% endcapture %}".repeat(40)}{{ s }}`;
    expect(() => html(source)).toThrow(/limit|Invalid string length/);
    expect(() => text(source)).toThrow(/limit|Invalid string length/);
    expect(() => html(source.replaceAll("{{ s }}", "{{ s | escape }}"))).toThrow(/limit exceeded/);
  });

  it("take the time from the message, not from the machine", () => {
    expect(text("{{ now | date: '%H:%M' }} {{ 'now' | date: '%Y-%m-%d %H:%M' }}")).toBe(
      "13:00 2026-11-21 13:00",
    );
  });

  it("write money and numbers as the locale does", () => {
    expect(text("{{ 1234.5 | money: 'EUR' }}")).toBe("€1,234.50");
    expect(text("{{ 1234.5 | money: 'EUR' }} {{ 0.5 | number: 2 }}", {}, { ...SETTING, locale: "de" })).toBe(
      "1.234,50\u00a0€ 0,50",
    );
    expect(text("{{ 'soon' | money: 'EUR' }} {{ 5 | money: 'euros' }}")).toBe("soon 5");
    expect(text("{{ 5 | number: 1 }}", {}, { ...SETTING, locale: "no such locale" })).toBe("5.0");
  });

  it("leave a text without markup as it is, and give the same every time", () => {
    expect(text("100 % {plain}")).toBe("100 % {plain}");
    const once = html("{% for p in products %}{{ p }},{% endfor %}", { products: ["a", "b"] });
    expect(html("{% for p in products %}{{ p }},{% endfor %}", { products: ["a", "b"] })).toBe(once);
  });
});
