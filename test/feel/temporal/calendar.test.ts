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
