import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { regex } from "#feel/regex/index.ts";

describe("regular expressions", () => {
  const patterns = fc
    .array(fc.constantFrom("a", "b", "ab", "[ab]", "[^a]", "(a|b)", "(?:ab)", "."), {
      minLength: 1,
      maxLength: 4,
    })
    .chain((parts) =>
      fc
        .array(fc.constantFrom("", "*", "+", "?", "{1,2}", "*?", "+?"), {
          minLength: parts.length,
          maxLength: parts.length,
        })
        .map((quantifiers) => parts.map((part, index) => part + (quantifiers[index] ?? "")).join("")),
    );

  it("should match what JavaScript matches where both have the syntax", () => {
    fc.assert(
      fc.property(
        patterns,
        fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 }),
        (pattern, text) => {
          const expected = [...text.matchAll(new RegExp(pattern, "gu"))].map((match) => match[0]);
          const found = regex(pattern, "")
            .findAll(text, () => undefined)
            .map(([start = 0, end = 0]) => text.slice(start, end));
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
