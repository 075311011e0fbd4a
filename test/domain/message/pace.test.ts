import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faster, slower, startPace, take, withHighest } from "#domain/message/pace.ts";
import { nextTry } from "#domain/message/retry.ts";

const NOW = Date.parse("2026-11-21T12:00:00.000Z");

describe("the pace of a bulk sender", () => {
  it("starts at a fair share and reaches the account's limit when it is alone", () => {
    let pace = startPace(100, 10);
    expect(pace.rate).toBe(10);
    for (let sends = 0; sends < 200; sends += 1) pace = faster(pace);
    expect(pace.rate).toBe(100);
  });

  it("halves when throttled, and never stands still", () => {
    let pace = startPace(100, 10);
    pace = slower(pace);
    expect(pace.rate).toBe(5);
    for (let times = 0; times < 100; times += 1) pace = slower(pace);
    expect(pace.rate).toBe(2.5);
  });

  it("follows a lower limit at once", () => {
    expect(withHighest(startPace(100, 1), 10).rate).toBe(10);
    expect(withHighest(startPace(10, 1), 100).rate).toBe(10);
  });

  it("never lets more through in a second than its rate and one second's burst", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.nat({ max: 400 }), { maxLength: 300 }),
        (rate, gaps) => {
          let pace = startPace(rate, 1);
          let now = NOW;
          const used: number[] = [];
          for (const gap of gaps) {
            now += gap;
            const slot = take(pace, 1, now);
            pace = slot.pace;
            used.push(now + slot.waitMs);
          }
          for (const from of used) {
            const within = used.filter((at) => at >= from && at < from + 1_000).length;
            expect(within).toBeLessThanOrEqual(2 * rate + 1);
          }
        },
      ),
    );
  });

  it("charges a long message for all its parts", () => {
    const first = take(startPace(1, 1), 5, NOW);
    expect(first.waitMs).toBe(0);
    expect(take(first.pace, 1, NOW).waitMs).toBe(4_000);
  });
});

describe("trying again", () => {
  const asked = { attempts: 1, lane: "bulk" as const, deadline: new Date(NOW + 3_600_000).toISOString() };
  const throttled = { reason: "throttled", retryAfterMs: 0 };

  it("waits longer each time, up to a limit that depends on the lane", () => {
    const waits = [1, 2, 3, 8, 30].map((attempts) => nextTry({ ...asked, attempts }, throttled, NOW));
    expect(waits).toEqual([1, 2, 4, 128, 900].map((seconds) => ({ next: "retry", inMs: seconds * 1_000 })));
    expect(nextTry({ ...asked, attempts: 30, lane: "transactional" }, throttled, NOW)).toEqual({
      next: "retry",
      inMs: 60_000,
    });
  });

  it("grows patient when a provider is out for long, so that a day of tries stays a short history", () => {
    const day = {
      ...asked,
      lane: "transactional" as const,
      deadline: new Date(NOW + 86_400_000).toISOString(),
    };
    let [attempts, at] = [0, NOW];
    for (let next = nextTry({ ...day, attempts }, throttled, at); next.next === "retry"; attempts += 1) {
      at += next.inMs;
      next = nextTry({ ...day, attempts: attempts + 1 }, throttled, at);
    }
    expect(attempts).toBeGreaterThan(100);
    expect(attempts).toBeLessThan(250);
  });

  it("waits at least as long as the provider asks", () => {
    expect(nextTry(asked, { reason: "quota", retryAfterMs: 900_000 }, NOW)).toEqual({
      next: "retry",
      inMs: 900_000,
    });
  });

  it("ends with the reason when the next try would come too late", () => {
    const late = { ...asked, deadline: new Date(NOW + 500).toISOString() };
    expect(nextTry(late, throttled, NOW)).toEqual({ next: "give-up", reason: "throttled" });
  });
});
