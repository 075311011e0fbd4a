import { describe, expect, it } from "vitest";
import { isSameRoute } from "#domain/routing/routes.ts";
import {
  addSums,
  type Carrier,
  conditionOf,
  isSameCarrier,
  LATENCIES_MS,
  latencyAt,
  noSums,
  type Sums,
} from "#domain/routing/sums.ts";

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

describe("an account", () => {
  it.each([
    ["itself", {}, true, true],
    ["that of another channel", { channel: "sms" }, false, true],
    ["that of another provider", { provider: "two" }, false, false],
    ["another at its provider", { account: "second" }, false, false],
    ["another altogether", { provider: "two", account: "second" }, false, false],
  ])("is the same as %s, or is not", (_what, more, isCarrier, isRoute) => {
    expect(isSameCarrier(CARRIER, { ...CARRIER, ...more })).toBe(isCarrier);
    expect(isSameRoute(CARRIER, { ...CARRIER, ...more })).toBe(isRoute);
  });
});

describe("what accounts answered", () => {
  it("is told apart by how long it took, up to each bound", () => {
    expect(LATENCIES_MS).toEqual([25, 50, 100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800]);
    expect([0, 25, 26, 50, 12_800, 12_801].map(latencyAt)).toEqual([0, 0, 1, 1, 9, 10]);
  });

  it("adds up, whatever either has and the other has not", () => {
    const one = sums({
      asked: 1,
      failed: 1,
      accepted: 0,
      errors: { late: 1, full: 2 },
      latencies: [1],
      open: 1,
    });
    const other = sums(
      { asked: 4, failed: 1, accepted: 3, errors: { full: 3, gone: 1 }, latencies: [2, 2], open: 2 },
      SLOT + 1,
    );
    const both = {
      asked: 5,
      failed: 2,
      accepted: 3,
      errors: { late: 1, full: 5, gone: 1 },
      latencies: [3, 2],
      open: 3,
    };
    expect(addSums(one, other)).toEqual(sums(both));
    expect(addSums(other, one)).toEqual(sums(both, SLOT + 1));
  });

  it.each([
    ["a twentieth", 100, 5, "failing"],
    ["less than a twentieth", 101, 5, "ok"],
    ["none", 100, 0, "ok"],
    ["none of none", 0, 0, "ok"],
  ])("fails where %s does", (_what, asked, failed, health) => {
    expect(conditionOf([sums({ asked, failed })], CARRIER, SLOT).health).toBe(health);
  });

  it.each([
    [SLOT, "open"],
    [SLOT - 2, "open"],
    [SLOT - 3, "ok"],
  ])("is left alone for as long as somebody said so of late: at %s, %s", (slot, health) => {
    expect(conditionOf([sums({ open: 1 }, slot)], CARRIER, SLOT).health).toBe(health);
    expect(conditionOf([sums({ open: 0 }, slot)], CARRIER, SLOT).health).toBe("ok");
  });
});
