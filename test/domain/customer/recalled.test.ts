import { describe, expect, it } from "vitest";
import { isRecalled } from "#domain/customer/recalled.ts";
import { holds } from "#domain/customer/view.ts";
import { type CompiledExpression, FeelLimitError } from "#feel/index.ts";

describe("what was said on a run's way", () => {
  const runs = { live: [], left: { ent_1: "2026-03-11T11:00:00.000Z" }, homes: [] };
  it("does not leave any more once the run left, and no other", () => {
    expect(isRecalled("ent_1", { runs })).toBe(true);
    expect(isRecalled("ent_2", { runs })).toBe(false);
    expect(isRecalled("toString", { runs })).toBe(false);
    expect(isRecalled("ent_1", {})).toBe(false);
  });
});

describe("a rule of a customer's", () => {
  const rule = (evaluate: () => unknown) => ({ evaluate }) as unknown as CompiledExpression;
  const isTrue = (evaluate: () => unknown) => holds(rule(evaluate), {}, {} as Parameters<typeof holds>[2]);

  it("holds where it is true, and where nothing else", () => {
    expect([true, false, null, "true", 1].map((value) => isTrue(() => value))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it("does not hold where it takes too long, and hides no other mistake", () => {
    const fails = (error: Error) => () => {
      throw error;
    };
    expect(isTrue(fails(Object.create(FeelLimitError.prototype)))).toBe(false);
    expect(() => isTrue(fails(new Error("broken")))).toThrow("broken");
  });
});
