import { describe, expect, it } from "vitest";
import { consentFor } from "#domain/contact-policy/consent.ts";
import { endOfQuietIn, quietWindow } from "#domain/contact-policy/quiet-hours.ts";
import { placeName, whereaboutsOf } from "#domain/contact-policy/whereabouts.ts";
import type { QuietTime, Region } from "#domain/playbook/model/contact-policy.ts";
import type { JsonObject } from "#kernel/json.ts";
import { address, consent, customer } from "../../support/decisions/decision.ts";

const FLORIDA: Region = {
  name: "Florida",
  phones: ["+1305", "+1850"],
  zones: ["America/New_York", "America/Chicago"],
  quietHours: [{ from: "20:00", to: "08:00" }],
  channels: ["sms"],
  categories: [],
};
const placeOf = (phone: string, traits = {}) =>
  whereaboutsOf(
    { record: customer({ addresses: [address("sms", phone)], traits }), regions: [FLORIDA] },
    "Europe/Berlin",
  );

describe("where somebody is", () => {
  it("is what the profile says", () => {
    expect(placeOf("+12125550100", { timezone: "Asia/Tokyo" }).zones).toEqual(["Asia/Tokyo"]);
  });

  it("is else where their device was last, whatever the number", () => {
    const deviceZone = { name: "Asia/Tokyo", at: "2026-03-01T00:00:00.000Z" };
    const placed = (traits: object, context?: JsonObject) => {
      const record = customer({ addresses: [address("sms", "+12125550100")], traits: { ...traits } });
      const moved = { ...record, state: { ...record.state, deviceZone } };
      return whereaboutsOf({ record: moved, regions: [], ...(context && { context }) }, "Europe/Berlin")
        .zones;
    };
    expect(placed({})).toEqual(["Asia/Tokyo"]);
    expect(placed({ timezone: "America/Lima" })).toEqual(["America/Lima"]);
    expect(placed({}, { timezone: "America/Lima" })).toEqual(["America/Lima"]);
  });

  it("is else every zone the phone number may lie in", () => {
    expect(placeOf("+4915112345678").zones).toEqual(["Europe/Berlin"]);
    expect(placeOf("+16715550100").zones).toEqual(["Pacific/Guam"]);
    const { zones } = placeOf("+12125550100");
    expect(zones).toEqual(
      expect.arrayContaining(["America/New_York", "America/Los_Angeles", "Pacific/Honolulu"]),
    );
    expect(zones).not.toContain("Pacific/Guam");
  });

  it("is narrowed by a region of the playbook, whose hours hold wherever the profile says", () => {
    expect(placeOf("+18505550100")).toEqual({ zones: FLORIDA.zones, regions: [FLORIDA] });
    expect(placeOf("+13055550100", { timezone: "Asia/Tokyo" })).toEqual({
      zones: ["Asia/Tokyo"],
      regions: [FLORIDA],
    });
    expect(placeName(placeOf("+18505550100"))).toBe("America/New_York, America/Chicago, Florida");
  });

  it("goes by the longest beginning that a region names, by active numbers alone, and by none without zones", () => {
    const region = (name: string, phones: readonly string[], zones: readonly string[]): Region => ({
      ...FLORIDA,
      name,
      phones,
      zones,
    });
    const regions = [
      region("long", ["+18505"], ["Asia/Tokyo"]),
      region("short", ["+1850"], ["America/Chicago"]),
      region("same", ["+18505"], ["Asia/Seoul"]),
      region("no zones", ["+185055"], []),
    ];
    const of = (status: "active" | "bounced", ...numbers: string[]) =>
      whereaboutsOf(
        {
          record: customer({ addresses: numbers.map((number) => ({ ...address("sms", number), status })) }),
          regions,
        },
        "Europe/Berlin",
      );
    expect(of("active", "+18505550100").zones).toEqual(["Asia/Tokyo"]);
    expect(of("bounced", "+18505550100")).toEqual({ zones: ["Europe/Berlin"], regions: [] });
    expect(of("active", "18505550100", "+1850").zones).toEqual(["Europe/Berlin"]);
    expect(of("active", "+18505550100").regions.map(({ name }) => name)).toEqual([
      "long",
      "short",
      "same",
      "no zones",
    ]);
  });

  it("is named by up to three zones, and by their number beyond", () => {
    const zones = ["A", "B", "C", "D"];
    expect(placeName({ zones: zones.slice(0, 3), regions: [FLORIDA] })).toBe("A, B, C, Florida");
    expect(placeName({ zones, regions: [] })).toBe("4 time zones");
  });

  it("is else the brand's zone", () => {
    expect(placeOf("+88213000000").zones).toEqual(["Europe/Berlin"]);
    expect(whereaboutsOf({ record: null, regions: undefined }, "Europe/Berlin").zones).toEqual([
      "Europe/Berlin",
    ]);
  });
});

describe("quiet hours in several zones", () => {
  const at = (iso: string, zones: readonly string[], ...hours: QuietTime[]) => {
    const end = endOfQuietIn(hours.map(quietWindow), zones, Date.parse(iso));
    return end === null ? null : new Date(end).toISOString();
  };
  const night: QuietTime = { from: "21:00", to: "08:00" };

  it("end when they are over everywhere: the strictest wins", () => {
    const coasts = ["America/New_York", "America/Los_Angeles"];
    expect(at("2026-01-15T14:00:00Z", coasts, night)).toBe("2026-01-15T16:00:00.000Z");
    expect(at("2026-01-15T18:00:00Z", coasts, night)).toBe("2026-01-15T18:00:00.000Z");
    expect(at("2026-01-16T03:00:00Z", coasts, night)).toBe("2026-01-16T16:00:00.000Z");
  });

  it("hold on the days they name, by the local calendar, across a change of clocks", () => {
    const texas: QuietTime[] = [
      { from: "21:00", to: "09:00" },
      { from: "09:00", to: "12:00", days: ["sunday"] },
    ];
    const zone = ["America/Chicago"];
    // Sunday, 8 March 2026: clocks go forward at 2:00, so that noon is 17:00 UTC and no longer 18:00.
    expect(at("2026-03-08T13:00:00Z", zone, ...texas)).toBe("2026-03-08T17:00:00.000Z");
    expect(at("2026-03-09T13:30:00Z", zone, ...texas)).toBe("2026-03-09T14:00:00.000Z");
    const sunday: QuietTime = { from: "20:00", to: "10:00", days: ["sunday"] };
    expect(at("2026-03-09T02:00:00Z", zone, sunday)).toBe("2026-03-09T05:00:00.000Z");
  });

  it("know the leap day", () => {
    const zone = ["Europe/Berlin"];
    expect(at("2028-02-28T21:00:00Z", zone, night)).toBe("2028-02-29T07:00:00.000Z");
    expect(at("2028-02-29T11:00:00Z", zone, { from: "00:00", to: "23:59", days: ["tuesday"] })).toBe(
      "2028-02-29T22:59:00.000Z",
    );
  });

  it("that last a month end, and longer ones have no end", () => {
    const days = (count: number): QuietTime => ({
      from: "00:00",
      to: "24:00",
      holidays: Array.from({ length: count }, (_, day) =>
        new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
      ),
    });
    const from = "2026-01-01T00:00:00Z";
    expect(at(from, ["UTC"], days(31))).toBe("2026-02-01T00:00:00.000Z");
    expect(at(from, ["UTC"], days(32))).toBeNull();
    expect(at(from, ["UTC", "Asia/Tokyo"], days(31))).toBe("2026-02-01T00:00:00.000Z");
  });

  it("that leave no moment of the day have no end", () => {
    expect(
      at("2026-01-15T14:00:00Z", ["America/New_York", "Asia/Tokyo"], { from: "17:00", to: "12:00" }),
    ).toBeNull();
  });
});

describe("consent of a kind", () => {
  const periods = [
    { kind: "implied", source: "purchase", afterMs: 730 * 86_400_000, categories: [] },
    { kind: "implied", source: "inquiry", afterMs: 180 * 86_400_000, categories: [] },
  ] as const;
  const verdict = (source: string, now: string, changes = {}) =>
    consentFor(
      { entries: { "email|*": consent("email", { kind: "implied", source, ...changes }) } },
      { name: "service", consent: "implied", transactional: false },
      "email",
      { now, inline: false, periods },
    );

  it("ends with the period for where it came from", () => {
    expect(verdict("inquiry", "2026-06-29T00:00:00.000Z")).toBe("granted");
    expect(verdict("inquiry", "2026-07-01T00:00:00.000Z")).toBe("expired");
    expect(verdict("purchase", "2027-12-31T00:00:00.000Z")).toBe("granted");
    expect(verdict("purchase", "2028-01-02T00:00:00.000Z")).toBe("expired");
    expect(verdict("form", "2040-01-01T00:00:00.000Z")).toBe("granted");
  });

  it("ends at its own end where that is earlier, and express consent has no period of its own here", () => {
    const expiresAt = "2026-02-01T00:00:00.000Z";
    expect(verdict("purchase", "2026-02-02T00:00:00.000Z", { expiresAt })).toBe("expired");
    expect(verdict("inquiry", "2030-01-01T00:00:00.000Z", { kind: "express" })).toBe("granted");
  });
});
