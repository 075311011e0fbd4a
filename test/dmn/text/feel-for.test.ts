import { describe, expect, it } from "vitest";
import { feelFor } from "#dmn/text/feel-for.ts";

describe("what FEEL writes for a text of another language", () => {
  it.each([
    ["#{age >= 18 && tier == 'gold'}", 'age >= 18 and tier = "gold"'],
    ["#{customer.orders gt 3 or vip eq true}", "customer.orders > 3 or vip = true"],
    ["#{empty phone}", "phone = null"],
    ["#{!vip}", "not(vip)"],
    ["cellInput > 5 || cellInput === 1", "? > 5 or ? = 1"],
    ["score > 80 ? 'A && B' : 'B'", 'if score > 80 then "A && B" else "B"'],
    ["total * 0.2", "total * 0.2"],
    ["name !== 'it is \"x\"'", 'name != "it is \\"x\\""'],
  ])("is shown where it is simple: %s", (text, feel) => {
    expect(feelFor(text)).toBe(feel);
  });

  it.each([
    "#{customer.name.startsWith('A')}",
    "if (score > 80) { return 'A'; }",
    "#{a}-#{b}",
    "x = 5",
    "a ? b : c ? d : e",
    "[1, 2].collect { it * 2 }",
    "#{not empty phone}",
    "",
  ])("is not guessed otherwise: %s", (text) => {
    expect(feelFor(text)).toBeUndefined();
  });
});
