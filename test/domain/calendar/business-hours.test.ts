import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterWorking, type BusinessHours } from "#domain/calendar/business-hours.ts";

const HOUR = 3_600_000;
const DAY = [
  { from: "09:00", to: "12:30" },
  { from: "13:30", to: "17:30" },
];
const OFFICE: BusinessHours = {
  timeZone: "Europe/Berlin",
  week: [DAY, DAY, DAY, DAY, DAY, [], []],
  holidays: ["12-25", "12-26", "easter + 1"],
};
const later = (since: string, hours: number, office = OFFICE): string | null => {
  const end = afterWorking(office, Date.parse(since), hours * HOUR);
  return end === null ? null : new Date(end).toISOString();
};

describe("working time", () => {
  it("goes on the next morning, after the weekend and after holidays", () => {
    expect(later("2026-11-30T08:00:00Z", 2)).toBe("2026-11-30T10:00:00.000Z");
    // Friday half past four and an hour, until half past five: Friday's last minute is the end.
    expect(later("2026-11-27T15:30:00Z", 1)).toBe("2026-11-27T16:30:00.000Z");
    expect(later("2026-11-27T16:00:00Z", 1)).toBe("2026-11-30T08:30:00.000Z");
    // The 24th is a Thursday; Friday and Saturday are holidays.
    expect(later("2026-12-24T16:00:00Z", 1)).toBe("2026-12-28T08:30:00.000Z");
  });

  it("stands still over a break and at night", () => {
    expect(later("2026-11-30T11:00:00Z", 1)).toBe("2026-11-30T13:00:00.000Z");
    expect(later("2026-11-30T02:00:00Z", 1)).toBe("2026-11-30T09:00:00.000Z");
  });

  it("is that of the clocks on the wall when they change", () => {
    const always = { ...OFFICE, week: Array.from({ length: 7 }, () => [{ from: "00:00", to: "24:00" }]) };
    // In the night to 29 March 2026 an hour is missing, in that to 25 October one comes twice.
    expect(later("2026-03-28T23:00:00Z", 24, always)).toBe("2026-03-29T23:00:00.000Z");
    expect(later("2026-10-24T22:00:00Z", 25, always)).toBe("2026-10-25T23:00:00.000Z");
  });

  it("never comes where nobody ever works", () => {
    expect(later("2026-11-30T08:00:00Z", 1, { ...OFFICE, week: [] })).toBeNull();
    expect(
      later("2026-11-30T08:00:00Z", 1, { ...OFFICE, week: [[{ from: "18:00", to: "08:00" }]] }),
    ).toBeNull();
  });

  it("ends with a stretch that it fills to the last moment, whatever order the stretches are in", () => {
    const turned = { ...OFFICE, week: OFFICE.week.map((day) => day.toReversed()) };
    for (const office of [OFFICE, turned]) {
      expect(later("2026-11-30T08:00:00Z", 3.5, office)).toBe("2026-11-30T11:30:00.000Z");
      expect(later("2026-11-30T08:00:00Z", 4, office)).toBe("2026-11-30T13:00:00.000Z");
      expect(later("2026-11-30T11:30:00Z", 0, office)).toBe("2026-11-30T12:30:00.000Z");
    }
  });

  it("waits through a year of holidays, and counts closed days anew after each day of work", () => {
    const always = Array.from({ length: 7 }, () => [{ from: "09:00", to: "10:00" }]);
    const days = (since: string, count: number) =>
      Array.from({ length: count }, (_, day) =>
        new Date(Date.parse(since) + day * 24 * HOUR).toISOString().slice(0, 10),
      );
    const closedFor = (count: number, more: readonly string[] = []) => ({
      ...OFFICE,
      week: always,
      holidays: [...days("2026-01-02", count), ...more],
    });
    expect(later("2026-01-01T07:00:00Z", 2, closedFor(400))).toBe("2027-02-06T09:00:00.000Z");
    expect(later("2026-01-01T07:00:00Z", 2, closedFor(401))).toBeNull();
    const twice = closedFor(300, days("2026-10-30", 300));
    expect(later("2026-01-01T07:00:00Z", 3, twice)).toBe("2027-08-26T08:00:00.000Z");
  });

  it("begins after the gap where clocks skip the hour at which work begins", () => {
    const nightly = { ...OFFICE, week: Array.from({ length: 7 }, () => [{ from: "02:30", to: "05:00" }]) };
    expect(later("2026-03-28T23:00:00Z", 1, nightly)).toBe("2026-03-29T02:30:00.000Z");
    expect(later("2026-03-27T23:00:00Z", 1, nightly)).toBe("2026-03-28T02:30:00.000Z");
  });

  it("begins at the same time of day west of Greenwich, on the day on which clocks change too", () => {
    const early = {
      timeZone: "America/New_York",
      week: Array(7).fill([{ from: "03:30", to: "06:00" }]),
      holidays: [],
    };
    expect(later("2026-03-07T06:00:00Z", 1, early)).toBe("2026-03-07T09:30:00.000Z");
    expect(later("2026-03-08T05:00:00Z", 1, early)).toBe("2026-03-08T08:30:00.000Z");
  });

  it("adds up: a while and then another while are both together", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }),
        fc.integer({ min: 1, max: 40 * HOUR }),
        fc.integer({ min: 1, max: 40 * HOUR }),
        (since, first, second) => {
          const middle = afterWorking(OFFICE, since.getTime(), first) ?? Number.NaN;
          expect(middle).toBeGreaterThanOrEqual(since.getTime() + first);
          expect(afterWorking(OFFICE, middle, second)).toBe(
            afterWorking(OFFICE, since.getTime(), first + second),
          );
        },
      ),
    );
  });
});
