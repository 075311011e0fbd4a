import { describe, expect, it } from "vitest";
import { inHoldout } from "#domain/contact-policy/holdout.ts";
import { fraction } from "#kernel/hash.ts";

const customers = Array.from({ length: 2_000 }, (_, index) => `cus_${index}`);

describe("the share that is never contacted", () => {
  it("is nobody at 0, everybody at 1, and as many as it says between", () => {
    const held = (share: number): number => customers.filter((one) => inHoldout(one, share)).length;
    expect([held(0), held(1)]).toEqual([0, customers.length]);
    expect(Math.abs(held(0.1) / customers.length - 0.1)).toBeLessThan(0.02);
  });

  it("keeps whom it has when it grows, and has nobody whose own number is the share itself", () => {
    expect(customers.filter((one) => inHoldout(one, 0.1) && !inHoldout(one, 0.2))).toEqual([]);
    expect(inHoldout("cus_1", fraction("holdout", "cus_1"))).toBe(false);
  });
});
