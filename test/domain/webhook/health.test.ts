import { describe, expect, it } from "vitest";
import { isGivenUp, nextCallAt, receiverState, restsUntil } from "#domain/webhook/health.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#kernel/time.ts";

const NOW = Date.parse("2026-12-01T09:00:00.000Z");
const at = (ms: number): string => new Date(ms).toISOString();

describe("a system that is told of events", () => {
  it("is left alone longer with each failure, and never for more than a quarter of an hour", () => {
    const rest = (failures: number) => restsUntil({ failures, lastFailureAt: at(NOW) }) - NOW;
    expect(restsUntil({ failures: 2, lastFailureAt: at(NOW) })).toBe(0);
    expect([3, 4, 5].map(rest)).toEqual([10, 20, 40].map((seconds) => seconds * SECOND_MS));
    expect(rest(5_000)).toBe(15 * MINUTE_MS);
  });

  it("is given up after a day in which it took nothing, and not for one failure that is old", () => {
    const failingSince = at(NOW - DAY_MS);
    expect(isGivenUp({ failures: 4, failingSince }, NOW)).toBe(true);
    expect(isGivenUp({ failures: 4, failingSince }, NOW - 1)).toBe(false);
    expect(isGivenUp({ failures: 1, failingSince }, NOW)).toBe(false);
  });

  it("is slow for a while after an answer that took long", () => {
    const known = { failures: 0, slowUntil: at(NOW) };
    expect(receiverState(known, NOW - 1)).toBe("slow");
    expect(receiverState(known, NOW)).toBe("ok");
    expect(receiverState(undefined, NOW)).toBe("ok");
  });
});

describe("an event that was not taken", () => {
  it("is told again over the better part of a day, and then no more", () => {
    let now = NOW;
    const waits: number[] = [];
    for (let attempt = 1; ; attempt += 1) {
      const next = nextCallAt({ id: "whk_a", attempt, now });
      if (next === null) break;
      waits.push(next - now);
      now = next;
    }
    expect(waits).toHaveLength(7);
    expect(waits.toSorted((a, b) => a - b)).toEqual(waits);
    expect(waits[0]).toBeGreaterThanOrEqual(MINUTE_MS);
    expect(now - NOW).toBeGreaterThan(22 * HOUR_MS);
    expect(now - NOW).toBeLessThan(25 * HOUR_MS);
  });

  it("waits as long as the system asks, an hour at most", () => {
    const wait = (seconds: number) => nextCallAt({ id: "whk_a", attempt: 1, now: NOW }, seconds);
    expect(wait(600)).toBe(NOW + 10 * MINUTE_MS);
    expect(wait(1)).toBe(NOW + MINUTE_MS);
    expect(wait(999_999_999)).toBe(NOW + HOUR_MS);
  });
});
