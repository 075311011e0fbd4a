import { describe, expect, it } from "vitest";
import { ANY, compile, contextOf, type FeelType, NUMBER, typeName } from "#feel/index.ts";

/** Entries of a context of which each has the one before it twice: `x0: {q: 1}, x1: {a: x0, b: x0}, ...`. */
function doubling(name: string, times: number): string {
  const entries = Array.from({ length: times }, (_, index) => {
    const before = `${name}${index}`;
    return `${name}${index + 1}: {a: ${before}, b: ${before}}`;
  });
  return [`${name}0: {q: 1}`, ...entries].join(", ");
}

/** A type of 2 to the power of `times` parts that all are there once. */
function doubled(times: number): FeelType {
  let type: FeelType = contextOf({ "the end": NUMBER });
  for (let count = 0; count < times; count++) type = contextOf({ a: type, b: type });
  return type;
}

describe("types whose parts are there more than once", () => {
  it.each([
    "x60",
    "if true then x60 else x60",
    "if true then x60 else z60",
    "[x60, z60]",
    "[{a: x60, b: x60}, {a: z60, b: z60}, {a: x60, b: x60}]",
    "x60 = z60",
    "x60 + 1",
    "x60 instance of context<a: number>",
    "(function(p: number) p)(x60)",
    "[x60][a = 1]",
    "for i in x60 return [i, z60]",
  ])("should not be written out to compile %s", (text) => {
    const whole = `{${doubling("x", 60)}, ${doubling("z", 60)}, r: function() ${text}}.r`;
    expect(compile(whole, {}).type.kind).not.toBe("null");
  });

  it("should be looked into for names as far as an expression goes", () => {
    const scope = { x: doubled(60), y: ANY };
    expect(compile("x.a.b.a + y.the end", scope).references).toEqual([
      ["x", "a", "b", "a"],
      ["y", "the end"],
    ]);
  });

  it("should be followed as far as an expression's own are of a size that somebody may mean", () => {
    expect(compile(`{${doubling("x", 6)}}.x6.a.b.a.b.a.b.qq`, {}).diagnostics).toEqual([
      expect.objectContaining({ code: "unknown-entry", expected: "q" }),
    ]);
  });
});

describe("a type's name", () => {
  it("should be cut where it is long", () => {
    const entries = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`entry ${index}`, NUMBER]));
    expect(typeName(contextOf(entries))).toMatch(/^context<entry 0: number, .{150,200}\.\.\.$/);
    expect(typeName(doubled(60))).toBe("context");
  });
});
