import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Arrived, eventTime, type ToldTimes } from "#domain/collected/event-time.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";

const NOW = Date.parse("2026-03-01T12:00:00.000Z");
const iso = (time: number): string => new Date(time).toISOString();
const ago = (ms: number): string => iso(NOW - ms);
const live = (told: ToldTimes, more: Partial<Arrived> = {}): string =>
  eventTime(told, { receivedAt: NOW, imported: false, ...more });
const imported = (told: ToldTimes): string => eventTime(told, { receivedAt: NOW, imported: true });
const YEAR = 365 * DAY_MS;
const OLD = 400 * DAY_MS;

describe("the time of an event that its client has just sent", () => {
  it("should be the explicit timestamp where it differs from the original one (RudderStack's Node client)", () => {
    expect(live({ timestamp: ago(YEAR), originalTimestamp: iso(NOW), sentAt: iso(NOW) })).toBe(ago(YEAR));
  });

  it("should stay the explicit timestamp whatever the client's clock says", () => {
    const slow = { originalTimestamp: ago(HOUR_MS), sentAt: ago(HOUR_MS) };
    expect(live({ timestamp: ago(2 * DAY_MS), ...slow })).toBe(ago(2 * DAY_MS));
  });

  it.each(["timestamp", "originalTimestamp"])("should be %s, corrected for a clock an hour slow", (name) => {
    expect(live({ [name]: ago(1.5 * HOUR_MS), sentAt: ago(HOUR_MS) })).toBe(ago(0.5 * HOUR_MS));
  });

  it("should be corrected where both times are the same, but for milliseconds that were cut off", () => {
    const told = { timestamp: ago(1.5 * HOUR_MS), originalTimestamp: iso(NOW - 1.5 * HOUR_MS + 999) };
    expect(live({ ...told, sentAt: ago(HOUR_MS) })).toBe(iso(NOW - 0.5 * HOUR_MS + 999));
  });

  it("should be old by `timestamp` alone, sent now", () => {
    expect(live({ timestamp: ago(OLD), sentAt: iso(NOW) })).toBe(ago(OLD));
    expect(live({ timestamp: ago(OLD) }, { batchSentAt: iso(NOW) })).toBe(ago(OLD));
    expect(live({ timestamp: ago(OLD) })).toBe(ago(OLD));
  });

  it("should be corrected by the last sending: its own `sentAt` is of an earlier try", () => {
    const told = { timestamp: ago(2 * HOUR_MS), sentAt: ago(1.5 * HOUR_MS) };
    expect(live(told, { batchSentAt: ago(HOUR_MS) })).toBe(ago(HOUR_MS));
  });

  it("should be when it came, where it says nothing that can be read", () => {
    expect(live({})).toBe(iso(NOW));
    expect(live({ sentAt: ago(OLD) })).toBe(iso(NOW));
    expect(live({ timestamp: "yesterday", sentAt: "now" })).toBe(iso(NOW));
    expect(live({ timestamp: "0001-01-01T00:00:00Z", sentAt: 0 })).toBe(iso(NOW));
  });

  it("should take numbers since 1970 for what they are", () => {
    expect(live({ timestamp: (NOW - 1.5 * HOUR_MS) / 1_000, sentAt: NOW - HOUR_MS })).toBe(
      ago(0.5 * HOUR_MS),
    );
  });

  it("should not move however wrong the client's clock is", () => {
    const clock = fc.integer({ min: -20 * YEAR, max: 20 * YEAR });
    const age = fc.integer({ min: 0, max: 30 * DAY_MS });
    fc.assert(
      fc.property(clock, age, fc.constantFrom("timestamp", "originalTimestamp"), (skew, before, name) => {
        const told = { [name]: iso(NOW - before + skew), sentAt: iso(NOW + skew) };
        expect(live(told)).toBe(ago(before));
      }),
    );
  });
});

describe("the time of an archived event", () => {
  const record = { originalTimestamp: ago(OLD), timestamp: ago(OLD), sentAt: ago(OLD), receivedAt: ago(OLD) };

  it("should be as old as it says, by import and by batch", () => {
    expect(imported(record)).toBe(ago(OLD));
    expect(live(record, { batchSentAt: iso(NOW) })).toBe(ago(OLD));
  });

  it("should be the corrected `timestamp` where the client's clock was wrong then", () => {
    const skewed = { ...record, originalTimestamp: ago(OLD + YEAR), sentAt: ago(OLD + YEAR) };
    expect(imported(skewed)).toBe(ago(OLD));
    expect(live(skewed)).toBe(ago(OLD));
  });

  it("should be corrected by the times of then where it lacks `timestamp`", () => {
    const { timestamp: _, ...raw } = record;
    const skewed = { ...raw, originalTimestamp: ago(OLD + 3 * HOUR_MS), sentAt: ago(OLD + 2 * HOUR_MS) };
    expect(imported(skewed)).toBe(ago(OLD + HOUR_MS));
    expect(live(skewed)).toBe(ago(OLD + HOUR_MS));
  });

  it("should keep its age without `receivedAt`: both times and the sending are days old", () => {
    const { receivedAt: _, ...raw } = record;
    expect(imported(raw)).toBe(ago(OLD));
    expect(live(raw)).toBe(ago(OLD));
  });

  it("should be any time that it has, by import", () => {
    expect(imported({ timestamp: ago(OLD), sentAt: ago(OLD) })).toBe(ago(OLD));
    expect(imported({ originalTimestamp: ago(OLD), sentAt: ago(OLD) })).toBe(ago(OLD));
    expect(imported({ receivedAt: ago(OLD) })).toBe(ago(OLD));
    expect(imported({ sentAt: ago(OLD) })).toBe(ago(OLD));
    expect(imported({})).toBe(iso(NOW));
  });

  it("should not depend on when it is imported", () => {
    const time = fc.integer({ min: 0, max: NOW });
    const members = fc.record(
      { timestamp: time, originalTimestamp: time, sentAt: time, receivedAt: time },
      { requiredKeys: ["timestamp"] },
    );
    fc.assert(
      fc.property(members, fc.integer({ min: 0, max: 9 * YEAR }), (times, later) => {
        const told = Object.fromEntries(Object.entries(times).map(([name, at]) => [name, iso(at)]));
        const again = eventTime(told, { receivedAt: NOW + later, imported: true });
        expect(again).toBe(imported(told));
      }),
    );
  });
});

it("should be dated neither after an event came nor before 1970, whatever it says", () => {
  const told = fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.double({ noNaN: true }),
    fc.string(),
    fc.constant(null),
  );
  const times = fc.record(
    { timestamp: told, originalTimestamp: told, sentAt: told, receivedAt: told },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(times, told, fc.boolean(), (event, batchSentAt, isImport) => {
      const at = eventTime(event, { receivedAt: NOW, imported: isImport, batchSentAt });
      expect(at >= "1970" && at <= iso(NOW)).toBe(true);
    }),
  );
});
