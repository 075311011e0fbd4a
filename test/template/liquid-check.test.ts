import { describe, expect, it } from "vitest";
import { parseLiquid } from "#template/liquid/check.ts";

describe("a text that is not Liquid", () => {
  it.each<[text: string, line: number, column: number, found: string, expected: string]>([
    ["Hi\n {{ customer.firstName", 2, 2, "output", "}} at its end, and every quotation mark closed"],
    ["{% if customer.vip %}Hi", 1, 1, "tag {% if customer.vip %} not closed", "{% endif %}"],
    ["Hi {{ data.x | upcse }}", 1, 4, "undefined filter: upcse", 'did you mean "upcase"?'],
    ["Hi {% fi data.x %}", 1, 4, 'tag "fi" not found', 'did you mean "if"?'],
    ["Hi {% endif %}", 1, 4, 'tag "endif" not found', "the tag that {% endif %} belongs to, before it"],
    ["Hi {% if a", 1, 4, "tag", "%} at its end"],
    [
      "{% for a b %}{% endfor %}",
      1,
      1,
      "illegal tag: {% for a b %}",
      "Liquid, such as {{ customer.firstName }}",
    ],
    ["one\ntwo {% render 'x' %}", 2, 5, "{% render %}, which finds no other template", "the text itself"],
  ])("%j is told with its place and what was expected", (text, line, column, found, expected) => {
    const { problem } = parseLiquid(text);
    expect(problem).toMatchObject({ line, column });
    expect(problem?.found.startsWith(found)).toBe(true);
    expect(problem?.expected).toContain(expected);
  });

  it("is quoted in part only, however long it is", () => {
    expect(parseLiquid(`{% for ${"x ".repeat(5_000)} %}`).problem?.found.length).toBeLessThanOrEqual(120);
  });
});

describe("a text that is Liquid", () => {
  it.each(["plain", "{{ 1234.5 | money: 'EUR' }}", "{% if a %}b{% else %}c{% endif %}", "50 % { off }"])(
    "%j passes",
    (text) => {
      expect(parseLiquid(text).problem).toBeUndefined();
    },
  );
});
