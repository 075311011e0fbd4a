import { describe, expect, it } from "vitest";
import { snoozedUntil } from "#console/places/inbox/snooze-times.ts";

/** A moment of the reader's clock; 2026-11-30 is a Monday. */
const at = (day: number, hour: number): number => new Date(2026, 10, day, hour, 30).getTime();

describe("until when a conversation sleeps", () => {
  it("is so many hours from now, across midnight too", () => {
    expect(snoozedUntil("hour", at(30, 23)).getTime() - at(30, 23)).toBe(3_600_000);
    expect(snoozedUntil("later", at(30, 23)).getTime() - at(30, 23)).toBe(4 * 3_600_000);
  });

  it("is nine in the morning of the next day, and of the next Monday, which is never today", () => {
    const nine = (day: number) => new Date(2026, 10, day, 9);
    expect(snoozedUntil("tomorrow", at(30, 8))).toEqual(nine(31));
    expect(snoozedUntil("monday", at(29, 10))).toEqual(nine(30));
    expect(snoozedUntil("monday", at(30, 8))).toEqual(nine(37));
    expect(snoozedUntil("monday", at(24, 8))).toEqual(nine(30));
  });
});
