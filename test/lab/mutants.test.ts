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

  it("leave types and texts alone", () => {
    expect(mutantsOf('type A = 1 | true; const a: 2 = b as 3; const c = "1 < 2";')).toEqual([]);
    expect(mutantsOf("const a = (b + c) as number;")).toEqual(["const a = (b - c) as number;"]);
  });
});
