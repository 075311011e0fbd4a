import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readMoment } from "#kernel/moment.ts";

const NOON = Date.parse("2026-03-01T12:00:00.000Z");

describe("a time as clients write it", () => {
  it.each<[string, string | number]>([
    ["RFC 3339", "2026-03-01T12:00:00Z"],
    ["with milliseconds", "2026-03-01T12:00:00.000Z"],
    ["with Go's nanoseconds", "2026-03-01T12:00:00.000000999Z"],
    ["in lower case", "2026-03-01t12:00:00z"],
    ["with a zone", "2026-03-01T13:00:00+01:00"],
    ["with a zone of hours", "2026-03-01T07:00:00-05"],
    ["with a zone without a colon", "2026-03-01T17:30:00.000+0530"],
    ["with a comma in its seconds", "2026-03-01T12:00:00,000Z"],
    ["without seconds", "2026-03-01T12:00Z"],
    ["with Java's name of the zone", "2026-03-01T13:00:00+01:00[Europe/Berlin]"],
    ["as Python's isoformat, without a zone", "2026-03-01T12:00:00.000000"],
    ["as Python's str", "2026-03-01 12:00:00+00:00"],
    ["as SQL", "2026-03-01 12:00:00"],
    ["as BigQuery exports it", "2026-03-01 12:00:00.000000 UTC"],
    ["in ISO's basic form", "20260301T120000Z"],
    ["as fourteen digits", "20260301120000"],
    ["RFC 2822", "Sun, 01 Mar 2026 12:00:00 +0000"],
    ["RFC 2822 with a zone's name", "Sun, 1 Mar 2026 07:00:00 EST"],
    ["RFC 2822 without the weekday", "1 Mar 2026 12:00 GMT"],
    ["RFC 2822 with a comment", "Sun, 01 Mar 2026 13:00:00 +0100 (CET)"],
    ["RFC 850", "Sunday, 01-Mar-26 12:00:00 GMT"],
    ["as JavaScript prints it", "Sun Mar 01 2026 13:00:00 GMT+0100 (Central European Standard Time)"],
    ["as C prints it", "Sun Mar  1 12:00:00 2026"],
    ["seconds", 1772366400],
    ["seconds with a fraction", 1772366400.0],
    ["milliseconds", 1772366400000],
    ["microseconds", 1772366400000000],
    ["nanoseconds", 1772366400000000000],
    ["seconds as text", "1772366400"],
    ["seconds with a fraction as text", "1772366400.000"],
    ["milliseconds as text", "1772366400000"],
    ["microseconds as text", "1772366400000000"],
    ["blanks around it", "  2026-03-01T12:00:00Z\n"],
  ])("should be read: %s", (_, told) => {
    expect(readMoment(told)).toBe(NOON);
  });

  it.each<[string, string | number | null | undefined]>([
    ["nothing", undefined],
    ["null", null],
    ["an empty text", ""],
    ["a word with a number", "foo 1"],
    ["a year alone", "2026"],
    ["a day that the calendar lacks", "2026-02-30T12:00:00Z"],
    ["an hour that the day lacks", "2026-03-01T25:00:00Z"],
    ["a minute after the day's end", "2026-03-01T24:01:00Z"],
    ["a day that may be a month", "03/01/2026 12:00"],
    ["a zone that nobody knows", "Sun, 01 Mar 2026 12:00:00 XYZ"],
    ["Go's and .NET's time that was never set", "0001-01-01T00:00:00Z"],
    ["nought", 0],
    ["no finite number", Number.POSITIVE_INFINITY],
    ["a number too large", 1e21],
    ["a month that is none", "1 Foo 2026 12:00 GMT"],
  ])("should be none: %s", (_, told) => {
    expect(readMoment(told)).toBeUndefined();
  });

  it("should be the end of a day at 24:00, and the next minute at a leap second", () => {
    expect(readMoment("2026-02-28T24:00:00Z")).toBe(Date.parse("2026-03-01T00:00:00Z"));
    expect(readMoment("2026-06-30T23:59:60Z")).toBe(Date.parse("2026-07-01T00:00:00Z"));
  });

  it("should be the same in every spelling, to the second", () => {
    const day = { min: new Date("1980-01-01T00:00:00Z"), max: new Date("2090-01-01T00:00:00Z") };
    fc.assert(
      fc.property(fc.date({ ...day, noInvalidDate: true }), (date) => {
        const ms = Math.floor(date.getTime() / 1_000) * 1_000;
        const told = new Date(ms);
        const spellings = [
          told.toISOString(),
          told.toUTCString(),
          told.toString(),
          ms / 1_000,
          ms,
          ms * 1_000,
          String(ms),
          `${told.toISOString().slice(0, 19)}+00:00`,
        ];
        expect(new Set(spellings.map(readMoment))).toEqual(new Set([ms]));
      }),
    );
  });
});
