import { describe, expect, it } from "vitest";
import { consentOf } from "#domain/profile/consent-event.ts";
import type { JsonObject } from "#kernel/json.ts";
import { minutesAgo, track } from "../../support/customers/events.ts";

const at = minutesAgo(5);
const told = (properties: JsonObject) =>
  consentOf(track("Consent Changed", { userId: "u1", at, properties: { channel: "sms", ...properties } }));
const granted = (properties: JsonObject = {}) => told({ status: "granted", kind: "express", ...properties });

describe("the end of a consent", () => {
  it.each([
    ["a time in UTC", "2027-03-01T08:00:00Z", "2027-03-01T08:00:00.000Z"],
    ["a time elsewhere", "2027-03-01T08:00:00+14:00", "2027-02-28T18:00:00.000Z"],
    ["fractions of a second", "2027-03-01T08:00:00.5-02:00", "2027-03-01T10:00:00.500Z"],
    ["a date, as that day begins", "2028-02-29", "2028-02-29T00:00:00.000Z"],
    ["as late as four digits go", "9999-12-31", "9999-12-31T00:00:00.000Z"],
  ])("should be read from %s", (_, expiresAt, kept) => {
    const { entries, invalid } = granted({ expiresAt });

    expect(invalid).toBe(false);
    expect(entries).toMatchObject([{ status: "granted", expiresAt: kept }]);
  });

  it.each([
    "tomorrow",
    "31.12.2020",
    "2027-02-30",
    "2027-02-29",
    "2027-13-01",
    "2027-03-01T08:00:00",
    "2027-03-01T25:00:00Z",
    "P2Y",
    "",
    "9999-12-31T23:00:00-05:00",
    1893456000,
    null,
  ])("should make a grant invalid where nobody can tell when %j is", (expiresAt) => {
    expect(granted({ expiresAt })).toEqual({ entries: [], invalid: true });
  });

  it("should not be kept of a withdrawal: no end makes it weaker", () => {
    const { entries } = told({ status: "withdrawn", expiresAt: "2027-03-01" });

    expect(entries).toMatchObject([{ status: "withdrawn" }]);
    expect(entries[0]).not.toHaveProperty("expiresAt");
  });
});

describe("the kind of a consent", () => {
  it("should be the weaker one when nobody says which it is", () => {
    expect(told({ status: "granted" }).entries).toMatchObject([{ status: "granted", kind: "implied" }]);
  });

  it("should make a grant invalid when it is none we know", () => {
    expect(granted({ kind: "explicit" })).toEqual({ entries: [], invalid: true });
  });
});

describe("a withdrawal", () => {
  it.each([
    ["an end nobody understands", { expiresAt: "tomorrow" }],
    ["a kind we do not know", { kind: "explicit" }],
    ["a source that is no text", { source: 7 }],
    ["a text that is none", { text: null }],
  ])("should count in spite of %s", (_, odd) => {
    const { entries, invalid } = told({ status: "withdrawn", ...odd });

    expect(invalid).toBe(false);
    expect(entries).toEqual([
      { channel: "sms", topic: "*", status: "withdrawn", kind: "implied", source: "test", at },
    ]);
  });

  it("should keep its source and the text that was answered", () => {
    const { entries } = told({ status: "withdrawn", kind: "express", source: "letter", text: "v2" });

    expect(entries).toMatchObject([{ kind: "express", source: "letter", text: "v2" }]);
  });
});
