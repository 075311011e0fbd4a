import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FeelDate, formatTemporal, parseDate, parseDuration } from "#feel/index.ts";
import { civilDateOf, epochDayOf, weekdayOf } from "#feel/temporal/calendar.ts";
import { parseDateTime } from "#feel/temporal/parse.ts";
import { evaluated } from "../support/evaluate.ts";

const epochDays = fc.integer({ min: -700_000, max: 2_900_000 });

describe("the calendar", () => {
  it("should be the one of JavaScript's dates", () => {
    fc.assert(
      fc.property(epochDays, (day) => {
        const date = new Date(day * 86_400_000);
        const expected = {
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
        };
        expect(civilDateOf(day)).toEqual(expected);
        expect(epochDayOf(expected.year, expected.month, expected.day)).toBe(day);
        expect(weekdayOf(day) % 7).toBe(date.getUTCDay());
      }),
    );
  });

  it("should write dates that it reads", () => {
    fc.assert(
      fc.property(fc.integer({ min: -365_000_000_000, max: 365_000_000_000 }), (day) => {
        expect(parseDate(formatTemporal(new FeelDate(day)))).toEqual(new FeelDate(day));
      }),
    );
  });

  it("should write durations that it reads", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 999_999_999 }), (seconds, nano) => {
        const text = evaluated(`@"PT1S" * ${seconds} + @"PT0.${String(nano).padStart(9, "0")}S"`);
        const read = parseDuration(text);
        expect(read && formatTemporal(read)).toBe(text);
      }),
    );
  });

  it.each([
    ["Europe/Amsterdam", "2026-10-25T00:30:00Z"],
    ["America/New_York", "2026-11-01T05:30:00Z"],
    ["Australia/Lord_Howe", "2026-04-04T14:45:00Z"],
  ])("should write both moments of the repeated hour of autumn so that they are read: %s", (zone, first) => {
    for (const now of [Date.parse(first), Date.parse(first) + 30 * 60_000, Date.parse(first) + 3_600_000]) {
      const environment = { now, zone };
      const seconds = evaluated('string(now() - @"1970-01-01T00:00:00Z")', {}, {}, environment);
      const readAgain = 'string(date and time(string(now())) - @"1970-01-01T00:00:00Z")';

      expect(evaluated(readAgain, {}, {}, environment)).toBe(seconds);
      expect(evaluated("date and time(string(now())) = now()", {}, {}, environment)).toBe("true");
    }
  });

  it("should name the zone where its clocks tell the moment", () => {
    expect(evaluated('string(@"2026-10-25T02:30:00@Europe/Amsterdam")')).toBe(
      '"2026-10-25T02:30:00@Europe/Amsterdam"',
    );
    expect(evaluated('string(@"2026-10-25T01:30:00Z" + @"PT0S")')).toBe('"2026-10-25T01:30:00Z"');
  });

  it("should keep a zone's offset as the platform knows it", () => {
    const zones = ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 2_000_000_000 }),
        (timeZone, seconds) => {
          const local = new Intl.DateTimeFormat("sv-SE", {
            timeZone,
            dateStyle: "short",
            timeStyle: "medium",
          }).format(seconds * 1000);
          const moment = parseDateTime(`${local.replace(" ", "T")}@${timeZone}`);
          const instant = Date.parse(`${local.replace(" ", "T")}Z`) / 1000 - (moment?.offset ?? Number.NaN);
          // Where clocks go back, one local time is two moments.
          expect([0, 1800, 3600]).toContain(Math.abs(instant - seconds));
        },
      ),
    );
  });
});
