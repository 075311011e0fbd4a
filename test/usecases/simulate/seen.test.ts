import { describe, expect, it } from "vitest";
import { seenBefore } from "#usecases/simulate/seen.ts";

const idOf = (index: number): string => `dec_${String(index).padStart(26, "0")}`;

describe("the decisions that a simulation read last", () => {
  it("are known again in the next step, others are not", () => {
    const first = seenBefore();
    for (const index of [1, 2, 3]) first.add(idOf(index));
    const next = seenBefore(first.kept());
    expect([1, 2, 3, 4].map((index) => next.has(idOf(index)))).toEqual([true, true, true, false]);
  });

  it("stay so few that they fit beside the simulation, those read last of all", () => {
    const seen = seenBefore();
    for (let index = 0; index < 20_000; index += 1) seen.add(idOf(index));
    const kept = seen.kept();
    expect(kept.length).toBeLessThan(100_000);
    const next = seenBefore(kept);
    expect(next.has(idOf(19_999))).toBe(true);
    expect(next.has(idOf(12_000))).toBe(true);
    expect(next.has(idOf(0))).toBe(false);
  });
});
