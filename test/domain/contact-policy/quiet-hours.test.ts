import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfQuiet, quietWindow } from "#domain/contact-policy/quiet-hours.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const end = (from: string, to: string, zone: string, at: string): string | null => {
  const found = endOfQuiet([quietWindow({ from, to })], zone, Date.parse(at));
  return found === null ? null : new Date(found).toISOString();
};

/** Minute of the local day by a road of its own: what Intl shows. */
const formats = new Map<string, Intl.DateTimeFormat>();
const minuteOfDay = (zone: string, instant: number): number => {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
  formats.set(zone, format);
  const [hour, minute] = format.format(instant).split(":").map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
};

describe("quiet hours", () => {
  it("leave a moment outside them as it is, to the millisecond", () => {
    expect(end("21:00", "08:00", "UTC", "2026-03-11T08:00:00.001Z")).toBe("2026-03-11T08:00:00.001Z");
    expect(end("21:00", "08:00", "UTC", "2026-03-11T20:59:59.999Z")).toBe("2026-03-11T20:59:59.999Z");
  });

  it("begin with their first and end before their last minute", () => {
    expect(end("21:00", "08:00", "UTC", "2026-03-11T21:00:00Z")).toBe("2026-03-12T08:00:00.000Z");
    expect(end("21:00", "08:00", "UTC", "2026-03-12T07:59:59.999Z")).toBe("2026-03-12T08:00:00.000Z");
    expect(end("21:00", "08:00", "UTC", "2026-03-12T08:00:00Z")).toBe("2026-03-12T08:00:00.000Z");
  });

  it("need not span midnight", () => {
    expect(end("12:00", "14:30", "UTC", "2026-03-11T13:00:00Z")).toBe("2026-03-11T14:30:00.000Z");
    expect(end("12:00", "14:30", "UTC", "2026-03-11T11:59:00Z")).toBe("2026-03-11T11:59:00.000Z");
  });

  it("follow the clocks of the zone", () => {
    expect(end("21:00", "08:00", "Asia/Kolkata", "2026-03-11T16:00:00Z")).toBe("2026-03-12T02:30:00.000Z");
    expect(end("21:00", "08:00", "America/St_Johns", "2026-03-11T23:45:00Z")).toBe(
      "2026-03-12T10:30:00.000Z",
    );
  });

  it("are an hour shorter in the night clocks go forward, an hour longer when they go back", () => {
    expect(end("21:00", "08:00", "Europe/Berlin", "2026-03-28T22:00:00Z")).toBe("2026-03-29T06:00:00.000Z");
    expect(end("21:00", "08:00", "Europe/Berlin", "2026-10-24T22:00:00Z")).toBe("2026-10-25T07:00:00.000Z");
  });

  it("end as clocks jump over their end", () => {
    expect(end("21:00", "02:30", "Europe/Berlin", "2026-03-28T22:00:00Z")).toBe("2026-03-29T01:00:00.000Z");
    expect(end("21:00", "02:30", "Europe/Berlin", "2026-03-29T00:50:00Z")).toBe("2026-03-29T01:00:00.000Z");
  });

  it("come back with the hour that is repeated", () => {
    // 02:30 CEST is free, then 02:15 CET is quiet again until 02:30 CET.
    expect(end("21:00", "02:30", "Europe/Berlin", "2026-10-25T00:30:00Z")).toBe("2026-10-25T00:30:00.000Z");
    expect(end("21:00", "02:30", "Europe/Berlin", "2026-10-25T01:15:00Z")).toBe("2026-10-25T01:30:00.000Z");
  });

  it("know zones that change by half an hour", () => {
    // Lord Howe: +10:30 to +11:00 at 02:00 on 4 October 2026.
    expect(end("21:00", "08:00", "Australia/Lord_Howe", "2026-10-03T12:00:00Z")).toBe(
      "2026-10-03T21:00:00.000Z",
    );
  });

  it("span leap days and the turn of the year", () => {
    expect(end("21:00", "08:00", "UTC", "2028-02-28T22:00:00Z")).toBe("2028-02-29T08:00:00.000Z");
    expect(end("21:00", "08:00", "UTC", "2028-02-29T22:00:00Z")).toBe("2028-03-01T08:00:00.000Z");
    expect(end("21:00", "08:00", "UTC", "2026-12-31T22:00:00Z")).toBe("2027-01-01T08:00:00.000Z");
  });

  const endOf = (quiet: Parameters<typeof quietWindow>[0][], zone: string, at: string): string | null => {
    const found = endOfQuiet(quiet.map(quietWindow), zone, Date.parse(at));
    return found === null ? null : new Date(found).toISOString();
  };
  const night = { from: "21:00", to: "08:00" } as const;

  it.each([
    ["00:00", "24:00"],
    ["00:00", "00:00"],
  ])("may be whole days, from %s to %s", (from, to) => {
    const sunday = { from, to, days: ["sunday"] } as const;
    expect(endOf([sunday], "UTC", "2026-03-15T23:59:59.999Z")).toBe("2026-03-16T00:00:00.000Z");
    expect(endOf([sunday], "UTC", "2026-03-14T23:59:59.999Z")).toBe("2026-03-14T23:59:59.999Z");
    expect(endOf([sunday, night], "UTC", "2026-03-14T22:00:00Z")).toBe("2026-03-16T08:00:00.000Z");
    expect(endOf([{ from, to }], "UTC", "2026-03-14T22:00:00Z")).toBeNull();
  });

  it("may end with the day", () => {
    expect(end("18:00", "24:00", "UTC", "2026-03-11T23:59:00Z")).toBe("2026-03-12T00:00:00.000Z");
    expect(end("18:00", "24:00", "UTC", "2026-03-12T00:00:00Z")).toBe("2026-03-12T00:00:00.000Z");
  });

  it("may be a weekend on which clocks change, and a row of holidays", () => {
    const weekend = { from: "00:00", to: "24:00", days: ["saturday", "sunday"] } as const;
    expect(endOf([weekend], "Europe/Berlin", "2026-10-23T22:00:00Z")).toBe("2026-10-25T23:00:00.000Z");
    const holidays = { from: "00:00", to: "24:00", holidays: ["easter - 2", "easter + 1"] };
    const easter = [weekend, holidays, night];
    expect(endOf(easter, "Europe/Berlin", "2026-04-02T19:00:00Z")).toBe("2026-04-07T06:00:00.000Z");
  });

  it("hold on holidays by the calendar of the zone, and on named days as well", () => {
    const quiet = { from: "00:00", to: "24:00", days: ["sunday"], holidays: ["01-01"] } as const;
    expect(endOf([quiet], "Asia/Tokyo", "2026-12-31T15:00:00Z")).toBe("2027-01-01T15:00:00.000Z");
    expect(endOf([quiet], "Asia/Tokyo", "2026-12-31T14:59:00Z")).toBe("2026-12-31T14:59:00.000Z");
    expect(endOf([quiet], "UTC", "2027-01-03T12:00:00Z")).toBe("2027-01-04T00:00:00.000Z");
  });

  it("overlap into one", () => {
    const windows = [
      quietWindow({ from: "20:00", to: "06:00" }),
      quietWindow({ from: "05:00", to: "09:00" }),
    ];
    expect(endOfQuiet(windows, "UTC", Date.parse("2026-03-11T21:00:00Z"))).toBe(
      Date.parse("2026-03-12T09:00:00Z"),
    );
  });

  it("never end when they leave no time of the day", () => {
    expect(end("08:00", "08:00", "UTC", "2026-03-11T21:00:00Z")).toBeNull();
    const windows = [
      quietWindow({ from: "08:00", to: "20:00" }),
      quietWindow({ from: "20:00", to: "08:00" }),
    ];
    expect(endOfQuiet(windows, "UTC", Date.parse("2026-03-11T21:00:00Z"))).toBeNull();
  });

  it("end at the first free minute there is, in any zone, on any day", () => {
    const zones = [
      "UTC",
      "Europe/Berlin",
      "America/New_York",
      "America/Santiago",
      "Australia/Lord_Howe",
      "Asia/Kathmandu",
      "Pacific/Apia",
      "Africa/Cairo",
    ];
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
      .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
    const changes = [
      "2026-03-08",
      "2026-03-29",
      "2026-10-25",
      "2026-11-01",
      "2026-04-05",
      "2026-10-04",
      "2028-02-29",
    ];
    const day = fc.oneof(
      fc.constantFrom(...changes).map((date) => Date.parse(`${date}T00:00:00Z`)),
      fc.integer({ min: 0, max: 3_000 }).map((days) => Date.parse("2024-01-01T00:00:00Z") + days * 24 * HOUR),
    );
    const instant = fc
      .tuple(day, fc.integer({ min: -720, max: 2_160 }))
      .map(([start, minutes]) => start + minutes * MINUTE);
    fc.assert(
      fc.property(fc.constantFrom(...zones), clock, clock, instant, (zone, from, to, at) => {
        fc.pre(from !== to);
        const window = quietWindow({ from, to });
        const isQuiet = (moment: number): boolean => {
          const time = minuteOfDay(zone, moment) * MINUTE;
          return window.from < window.to
            ? time >= window.from && time < window.to
            : time >= window.from || time < window.to;
        };
        let first = at;
        while (isQuiet(first)) first += MINUTE;
        expect(endOfQuiet([window], zone, at)).toBe(first);
      }),
      { numRuns: 400 },
    );
  });
});
