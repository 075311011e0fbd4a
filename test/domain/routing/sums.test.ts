import { describe, expect, it } from "vitest";
import { type Carrier, conditionOf, latencyAt, noSums, type Sums } from "#domain/routing/sums.ts";

const CARRIER: Carrier = { channel: "email", provider: "one", account: "default" };
const SLOT = 1_000;
const sums = (more: Partial<Sums>, slot = SLOT): Sums => ({ ...noSums(CARRIER, slot), ...more });
/** So many answers that took so long. */
const taking = (...counts: readonly (readonly [ms: number, count: number])[]): readonly number[] =>
  Array.from({ length: 11 }, (_, index) =>
    counts.filter(([ms]) => latencyAt(ms) === index).reduce((sum, [, count]) => sum + count, 0),
  );

describe("how an account does", () => {
  it("is fine, and nothing is known of it, where it was not asked", () => {
    expect(conditionOf([], CARRIER, SLOT)).toEqual({
      health: "ok",
      share: 0,
      asked: 0,
      accepted: 0,
      errors: {},
      p95Ms: null,
    });
  });

  it("is fine where it refuses recipients", () => {
    const one = sums({ asked: 10, accepted: 6, errors: { address: 4 } });
    expect(conditionOf([one], CARRIER, SLOT)).toMatchObject({
      health: "ok",
      share: 0,
      errors: { address: 4 },
    });
  });

  it("adds up what all processes counted, at any time of the minute", () => {
    const all = [
      sums({ asked: 10, failed: 1, accepted: 9, errors: { throttled: 1 } }),
      sums({ asked: 10, failed: 1, accepted: 8, errors: { throttled: 1, unavailable: 1 } }, SLOT - 11),
    ];
    expect(conditionOf(all, CARRIER, SLOT)).toMatchObject({
      health: "failing",
      share: 0.1,
      asked: 20,
      accepted: 17,
      errors: { throttled: 2, unavailable: 1 },
    });
  });

  it("is that it is left alone, as long as somebody said so within fifteen seconds", () => {
    expect(conditionOf([sums({ open: 1 }, SLOT - 2)], CARRIER, SLOT).health).toBe("open");
    expect(conditionOf([sums({ open: 1 }, SLOT - 3)], CARRIER, SLOT).health).toBe("ok");
  });

  it("says within which time nineteen of twenty answers came", () => {
    const p95 = (...counts: readonly (readonly [number, number])[]) =>
      conditionOf([sums({ latencies: taking(...counts) })], CARRIER, SLOT).p95Ms;
    expect(p95([20, 95], [3_000, 5])).toBe(25);
    expect(p95([20, 94], [3_000, 6])).toBe(3_200);
    expect(p95([60_000, 1])).toBe(25_600);
  });
});
