import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localDay as localDate } from "#domain/calendar/local-day.ts";
import {
  dayOfWeek,
  firstZone,
  localDay,
  msOfLocalDay,
  nextLocal,
  offsetAt,
} from "#domain/calendar/local-time.ts";
import { toldZone } from "#domain/calendar/told-zone.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Whole hours, quarters, both sides of the date line, and clocks that change on either half of the earth. */
const zones = fc.constantFrom(
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "Pacific/Marquesas",
);
const instants = fc
  .integer({ min: Date.parse("1985-01-01"), max: Date.parse("2035-01-01") })
  .map((instant) => Math.floor(instant / 1000) * 1000);
const minutesOfDay = fc.nat(24 * 60 - 1).map((minutes) => minutes * MINUTE_MS);

/** What the runtime's own calendar shows. */
const shown = (zone: string, instant: number): Readonly<Record<string, string>> => {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
};

describe("the clock and the calendar on a wall", () => {
  it("show what the runtime's own show", () => {
    fc.assert(
      fc.property(zones, instants, (zone, instant) => {
        const { weekday, year, month, day, hour, minute, second } = shown(zone, instant);
        const date = `${year}-${month}-${day}`;
        expect(localDate(zone, instant)).toBe(date);
        expect(localDay(zone, instant)).toBe(Date.parse(date) / DAY_MS);
        expect(DAYS[dayOfWeek(zone, instant)]).toBe(weekday);
        expect(msOfLocalDay(zone, instant)).toBe(
          ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000,
        );
      }),
    );
  });

  it("count days before 1970 too", () => {
    expect(DAYS[dayOfWeek("UTC", Date.parse("1969-12-28T23:00:00Z"))]).toBe("Sun");
    expect(msOfLocalDay("UTC", Date.parse("1969-12-28T23:00:00Z"))).toBe(23 * 60 * MINUTE_MS);
  });

  it("change at the quarter of an hour at which they change, in both directions", () => {
    const change = Date.parse("2026-03-29T01:00:00Z");
    for (const instant of [change - 1, change, change - 1]) {
      expect(offsetAt("Europe/Berlin", instant)).toBe((instant < change ? 60 : 120) * MINUTE_MS);
    }
  });
});

describe("the next time that clocks show a time of day", () => {
  it("lies ahead, within two days, and shows it unless clocks skip it", () => {
    fc.assert(
      fc.property(zones, instants, minutesOfDay, (zone, instant, msOfDay) => {
        const next = nextLocal(zone, instant, msOfDay);
        expect(next).toBeGreaterThan(instant);
        // A zone that moves over the date line leaves out a day.
        expect(next - instant).toBeLessThanOrEqual(2 * DAY_MS);
        const isSkipped = offsetAt(zone, next) > offsetAt(zone, next - 1);
        const isBack = offsetAt(zone, next) < offsetAt(zone, instant);
        if (!isSkipped && !isBack) expect(msOfLocalDay(zone, next)).toBe(msOfDay);
      }),
    );
  });

  it.each([
    ["later today", "2026-01-15T08:00:00Z", "10:30", "2026-01-15T09:30:00Z"],
    ["tomorrow, where it is that time now", "2026-01-15T09:30:00Z", "10:30", "2026-01-16T09:30:00Z"],
    ["after clocks went forward", "2026-03-28T22:00:00Z", "09:00", "2026-03-29T07:00:00Z"],
    ["the end of the gap, where clocks skip it", "2026-03-28T22:00:00Z", "02:30", "2026-03-29T01:00:00Z"],
  ])("is %s", (_when, from, time, next) => {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    const found = nextLocal("Europe/Berlin", Date.parse(from), (hours * 60 + minutes) * MINUTE_MS);
    expect(new Date(found).toISOString()).toBe(new Date(next).toISOString());
  });
});

describe("a zone among what clients sent", () => {
  it("is the first that there is", () => {
    expect(firstZone([undefined, 7, "Nowhere/Town", "Asia/Tokyo", "Europe/Berlin"], "UTC")).toBe(
      "Asia/Tokyo",
    );
    expect(firstZone([null, "Nowhere/Town"], "UTC")).toBe("UTC");
  });

  it.each([
    ["GMT-0930", -570],
    ["-03:30", -210],
    ["+03:30", 210],
    ["UTC+4:30", 270],
    ["GMT+0530", 330],
    ["+05:45", 345],
    ["+06:30", 390],
    ["+08:45", 525],
    ["+09:30", 570],
    ["+13:45", 825],
    ["+10:30", 630],
    ["+01", 60],
    ["-01", -60],
    ["+14", 840],
    ["-11", -660],
    ["GMT+0", 0],
  ])("that is told as %s has clocks that show it", (told, minutes) => {
    const winter = Date.parse("2026-01-15T12:00:00Z");
    const zone = toldZone(told, winter, "America/Lima") ?? "";
    expect(offsetAt(zone, winter)).toBe(minutes * MINUTE_MS);
  });

  it.each([
    ["-02:30", -150],
    ["+12:45", 765],
  ])("that is told as %s in July has clocks that show it then", (told, minutes) => {
    const july = Date.parse("2026-07-15T12:00:00Z");
    expect(offsetAt(toldZone(told, july, "America/Lima") ?? "", july)).toBe(minutes * MINUTE_MS);
  });

  it("is the home's where its clocks show the told offset then, so that summer time is known as well", () => {
    const told = (month: string) =>
      toldZone("+01:00", Date.parse(`2026-${month}-15T12:00:00Z`), "Europe/Berlin");
    expect([told("01"), told("07")]).toEqual(["Europe/Berlin", "Etc/GMT-1"]);
  });

  it("is the one named, and none where nobody knows the name", () => {
    const told = (name: unknown) => toldZone(name, 0, "Europe/Berlin");
    expect(told(" Asia/Tokyo ")).toBe("Asia/Tokyo");
    expect([told("Nowhere/Town"), told(""), told(7), told("+13:13"), told("+25")]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
