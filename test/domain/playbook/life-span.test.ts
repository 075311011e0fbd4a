import { describe, expect, it } from "vitest";
import { lifeSpanOf } from "#domain/playbook/build/life-span.ts";
import { isMoment } from "#kernel/time.ts";

const iso = (time: number | undefined): string => new Date(time ?? Number.NaN).toISOString();

describe("a life span", () => {
  it("lasts from the first moment of its first day to the last of its last, by the brand's clocks", () => {
    const span = lifeSpanOf({ activeFrom: "2026-03-28", activeTo: "2026-03-29" }, "Europe/Berlin");
    expect(iso(span.activeFrom)).toBe("2026-03-27T23:00:00.000Z");
    // The night of the 29th clocks went forward: the next midnight comes an hour sooner.
    expect(iso(span.activeTo)).toBe("2026-03-29T22:00:00.000Z");
  });

  it("begins after the gap where clocks skip midnight, and at the second midnight where they repeat it", () => {
    const day = (text: string, zone: string) => iso(lifeSpanOf({ activeFrom: text }, zone).activeFrom);
    expect(day("2018-11-04", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z");
    expect(day("2018-02-18", "America/Sao_Paulo")).toBe("2018-02-18T03:00:00.000Z");
    expect(day("2026-06-01", "Pacific/Kiritimati")).toBe("2026-05-31T10:00:00.000Z");
  });

  it("takes a time with its zone as it stands", () => {
    const span = lifeSpanOf({ activeTo: "2026-11-27T09:00:00+01:00" }, "America/New_York");
    expect(iso(span.activeTo)).toBe("2026-11-27T08:00:00.000Z");
    expect(span).not.toHaveProperty("activeFrom");
  });

  it.each([
    ["2028-02-29", true],
    ["2027-02-29", false],
    ["2027-02-30", false],
    ["2027-04-31T10:00:00Z", false],
    ["2027-04-30T10:00:00Z", true],
    ["2027-13-01", false],
    ["2027-04-30T25:00:00Z", false],
  ])("knows the calendar: %s is a day: %s", (text, known) => {
    expect(isMoment(text)).toBe(known);
  });
});
