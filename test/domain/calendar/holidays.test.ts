import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOfHoliday, holidayCalendar, parseHoliday } from "#domain/calendar/holidays.ts";

const DAY_MS = 86_400_000;
const on = (rule: string, year: number): string | null => {
  const holiday = parseHoliday(rule);
  const day = holiday === null ? null : dayOfHoliday(holiday, year);
  return day === null ? null : new Date(day * DAY_MS).toISOString().slice(0, 10);
};

describe("a holiday", () => {
  it.each([
    ["2026-12-24", 2026, "2026-12-24"],
    ["2026-12-24", 2027, null],
    ["12-25", 2027, "2027-12-25"],
    ["02-29", 2028, "2028-02-29"],
    ["02-29", 2027, null],
    ["easter", 2026, "2026-04-05"],
    ["Easter", 2025, "2025-04-20"],
    ["easter", 2019, "2019-04-21"],
    ["easter", 2038, "2038-04-25"],
    ["easter", 1981, "1981-04-19"],
    ["easter", 2285, "2285-03-22"],
    ["easter", 1954, "1954-04-18"],
    ["easter", 2049, "2049-04-18"],
    ["easter", 2076, "2076-04-19"],
    ["easter", 1703, "1703-04-08"],
    ["easter", 1707, "1707-04-24"],
    ["easter", 3165, "3165-04-18"],
    ["easter - 2", 2027, "2027-03-26"],
    ["easter+1", 2027, "2027-03-29"],
    ["easter + 50", 2026, "2026-05-25"],
    ["orthodox easter", 2026, "2026-04-12"],
    ["orthodox easter", 2024, "2024-05-05"],
    ["orthodox easter", 2002, "2002-05-05"],
    ["orthodox easter", 2010, "2010-04-04"],
    ["orthodox easter", 2013, "2013-05-05"],
    ["orthodox easter", 2027, "2027-05-02"],
    ["orthodox easter", 2018, "2018-04-08"],
    ["orthodox easter - 2", 2025, "2025-04-18"],
    ["last monday of may", 2026, "2026-05-25"],
    ["first monday in may", 2026, "2026-05-04"],
    ["fourth thursday of november", 2026, "2026-11-26"],
    ["Fifth  Saturday of May", 2026, "2026-05-30"],
    ["fifth monday of may", 2026, null],
    ["last sunday of december", 2028, "2028-12-31"],
    ["first friday of may", 2026, "2026-05-01"],
    ["fifth friday of may", 2026, "2026-05-29"],
    ["monday after 01-01", 1934, "1934-01-08"],
    ["tuesday after 12-31", 1969, "1970-01-06"],
    ["saturday after 06-19", 2026, "2026-06-20"],
    ["saturday after 06-20", 2026, "2026-06-27"],
    ["wednesday before 11-23", 2026, "2026-11-18"],
    ["monday before 05-25", 2026, "2026-05-18"],
  ])("%s is in %i on %s", (rule, year, day) => {
    expect(on(rule, year)).toBe(day);
  });

  it.each([
    "",
    "13-01",
    "02-30",
    "2027-02-29",
    "2026-1-1",
    "christmas",
    "easter + x",
    "sixth monday of may",
    "last monday",
    "monday before 02-30",
  ])("is not said by %j", (rule) => {
    expect(parseHoliday(rule)).toBeNull();
  });

  it("is found from its day, whatever the year begins or ends with", () => {
    const isHoliday = holidayCalendar(["01-01", "monday before 01-03", "sunday after 12-30", "easter - 2"]);
    const day = (date: string) => Date.parse(date) / DAY_MS;
    const days = ["2027-01-01", "2026-12-28", "2028-01-02", "2026-04-03"];
    expect(days.map((date) => isHoliday(day(date)))).toEqual([true, true, true, true]);
    expect(isHoliday(day("2027-01-03"))).toBe(true);
    expect(isHoliday(day("2026-12-31"))).toBe(false);
  });

  it("of Easter is a Sunday from 22 March to 25 April, in any year", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1583, max: 4_000 }), (year) => {
        const day = on("easter", year) ?? "";
        expect(new Date(day).getUTCDay()).toBe(0);
        expect(day >= `${year}-03-22` && day <= `${year}-04-25`).toBe(true);
      }),
    );
  });
});
