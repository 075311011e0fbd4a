import { describe, expect, it } from "vitest";
import { tooMuchMjml } from "#domain/playbook/read/mjml-bounds.ts";
import { BOUNDS } from "#kernel/bounds.ts";

const elements = (count: number): string => "<mj-text>a</mj-text>".repeat(count);
const attributes = (count: number): string =>
  `<mj-text a="=>" ${Array.from({ length: count - 2 }, (_, index) => `a${index}='1'`).join(" ")} b='"'>a</mj-text>`;
const inlined = (rules: number): string => `<mj-style css inline="inline">${"a{} ".repeat(rules)}</mj-style>`;
const selectors = (count: number): string => '<mj-selector path="p"></mj-selector>'.repeat(count);

describe("what MJML is asked to do", () => {
  it.each([
    [
      "elements",
      elements,
      BOUNDS.mjmlElements,
      "The template has 2001 elements of MJML, with what it includes",
    ],
    [
      "rules that are inlined",
      inlined,
      BOUNDS.mjmlInlinedRules,
      "The template has 201 rules and selectors that are looked up in every element",
    ],
    [
      "selectors",
      selectors,
      BOUNDS.mjmlInlinedRules,
      "The template has 201 rules and selectors that are looked up in every element",
    ],
    [
      "rules and selectors together",
      (count: number) => inlined(150) + inlined(20) + selectors(count - 170),
      BOUNDS.mjmlInlinedRules,
      "The template has 201 rules and selectors that are looked up in every element",
    ],
  ])("has as many %s as the bounds say, and not one more", (_what, of, most, message) => {
    expect(tooMuchMjml(of(most), { left: 5_000 })).toBeNull();
    expect(tooMuchMjml(of(most + 1), { left: 5_000 })).toEqual({
      message,
      expected: expect.stringContaining(`at most ${most}`),
    });
  });

  it("has as many attributes in an element as the bounds say, signs within values counted, and not one more", () => {
    const most = BOUNDS.mjmlAttributes;
    // The value "=>" has a sign of its own.
    const all = (count: number) => elements(3) + attributes(count - 1) + elements(3);
    expect(tooMuchMjml(all(most), { left: 50 })).toBeNull();
    expect(tooMuchMjml(all(most + 1), { left: 50 })).toEqual({
      message: `An element has ${most + 1} attributes`,
      expected: `at most ${most}`,
    });
  });

  it("takes its elements off those that the upload may still have", () => {
    const left = { left: 7 };
    expect(tooMuchMjml(elements(4), left)).toBeNull();
    expect(left).toEqual({ left: 3 });
    expect(tooMuchMjml(elements(3), left)).toBeNull();
    expect(tooMuchMjml(elements(1), left)).toEqual({
      message: "With this template the playbook has too many elements of MJML",
      expected: `at most ${BOUNDS.uploadMjmlElements} in all templates`,
    });
  });

  it("does not count rules of CSS that stay in the head", () => {
    expect(tooMuchMjml(`<mj-style>${"a{} ".repeat(1_000)}</mj-style>`, { left: 10 })).toBeNull();
  });
});
