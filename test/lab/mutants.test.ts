import { describe, expect, it } from "vitest";
import { mutated, mutationsOf } from "#lab/mutants/mutations.ts";

const mutantsOf = (text: string): string[] => mutationsOf(text).map((mutation) => mutated(text, mutation));

describe("mutations of a file", () => {
  it("change one operator, number, truth value, negation or condition each", () => {
    expect(mutantsOf("const a = b < 3 && !c;")).toEqual([
      "const a = b < 3 || !c;",
      "const a = b <= 3 && !c;",
      "const a = b < 4 && !c;",
      "const a = b < 3 && c;",
    ]);
    expect(mutantsOf("if (a) f(true);")).toEqual(["if (!(a)) f(true);", "if (a) f(false);"]);
    expect(mutantsOf("const x = y ? b : c;")).toEqual(["const x = !(y) ? b : c;"]);
  });

  it("are each made once: a condition of one operator is turned there", () => {
    expect(mutantsOf("if (a === b) f();")).toEqual(["if (a !== b) f();"]);
    expect(mutantsOf("if (!a) f();")).toEqual(["if (a) f();"]);
    expect(mutantsOf("if (!a && b) f();")).toHaveLength(3);
    expect(mutantsOf("if (a < b) f();")).toEqual(["if (!(a < b)) f();", "if (a <= b) f();"]);
  });

  it("leave the size of a sign alone that says which of two values comes first, and nothing else of it", () => {
    expect(mutantsOf("sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));")).toEqual([
      "sort((a, b) => (!(a < b) ? -1 : a > b ? 1 : 0));",
      "sort((a, b) => (a <= b ? -1 : a > b ? 1 : 0));",
      "sort((a, b) => (a < b ? -1 : !(a > b) ? 1 : 0));",
      "sort((a, b) => (a < b ? -1 : a >= b ? 1 : 0));",
      "sort((a, b) => (a < b ? -1 : a > b ? 1 : 1));",
    ]);
    expect(mutantsOf("sort(([a], [b]) => (a === b ? (c < d ? -1 : 1) : a > b ? 1 : -1));")).toHaveLength(5);
    expect(mutantsOf("sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1));")).toEqual([
      "sort((a, b) => b.n - a.n && (a.id < b.id ? -1 : 1));",
      "sort((a, b) => b.n + a.n || (a.id < b.id ? -1 : 1));",
      "sort((a, b) => b.n - a.n || (!(a.id < b.id) ? -1 : 1));",
      "sort((a, b) => b.n - a.n || (a.id <= b.id ? -1 : 1));",
    ]);
    expect(mutantsOf("const f = (a) => (a < b ? 1 : -1);")).toHaveLength(4);
    expect(mutantsOf("const f = (a, b) => (a < b ? 2 : -1);")).toHaveLength(4);
    expect(mutantsOf("const f = (a, b) => (a === b ? 1 : 0);")).toHaveLength(3);
  });

  it("leave types and texts alone", () => {
    expect(mutantsOf('type A = 1 | true; const a: 2 = b as 3; const c = "1 < 2";')).toEqual([]);
    expect(mutantsOf("const a = (b + c) as number;")).toEqual(["const a = (b - c) as number;"]);
  });
});
