import { parser, trackVariables } from "lezer-feel";
import { describe, expect, it } from "vitest";
import { strictParse } from "#feel/syntax/strict-parse.ts";

const strict = parser.configure({ top: "Expression", strict: true, contextTracker: trackVariables({}) });

describe("parsing a text", () => {
  it("gives its tree, or the offset behind which nothing fits", () => {
    expect(strictParse(strict, "[1..2)")).toMatchObject({ name: "Expression", from: 0, to: 6 });
    expect(strictParse(strict, "1 + * 2")).toBe(4);
    expect(strictParse(strict, "")).toBe(0);
  });

  it("goes on with chains that lezer closes by force", () => {
    const chain = Array.from({ length: 390 }, () => `"${"a".repeat(76)}"`).join(" + ");

    expect(() => strict.parse(chain)).toThrow("No parse at");
    expect(strictParse(strict, chain)).toMatchObject({ name: "Expression", from: 0, to: chain.length });
  });

  it("refuses by name what lezer closes by force because it is deep", () => {
    const deep = `${"-".repeat(3000)}1`;

    expect(() => strict.parse(deep)).toThrow("No parse at");
    expect(() => strictParse(strict, deep)).toThrow(expect.objectContaining({ code: "too-deep" }));
  });

  it("ends where the tracker of names gives up, but not on a mistake of the program", () => {
    const failing = (error: Error) => {
      const reduce = () => {
        throw error;
      };
      return strict.configure({ contextTracker: Object.assign(trackVariables({}), { reduce }) });
    };

    expect(strictParse(failing(new Error("uncleared name")), "  a + b")).toBe(3);
    expect(() => strictParse(failing(new TypeError("mistake")), "  a + b")).toThrow("mistake");
  });
});
