import { expect, it } from "vitest";
import { toldZone } from "#domain/calendar/told-zone.ts";
import { mergeDeviceZone, noteDeviceZone } from "#domain/profile/device-zone.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import { testPlaybook } from "../../support/playbook/files.ts";

const WINTER = Date.parse("2026-01-15T12:00:00Z");
const playbook = await testPlaybook();
const event = (timezone: unknown, at = "2026-01-15T12:00:00.000Z") =>
  ({ at, context: { timezone } }) as unknown as CollectedEvent;

it.each([
  ["Europe/Berlin", "Europe/Berlin"],
  [" Asia/Tokyo ", "Asia/Tokyo"],
  ["GMT+0530", "Asia/Kolkata"],
  ["GMT+0900", "Etc/GMT-9"],
  ["GMT-0300", "Etc/GMT+3"],
  ["UTC+5:30", "Asia/Kolkata"],
  ["+09", "Etc/GMT-9"],
  ["GMT", "GMT"],
  ["GMT+0100", "Europe/Berlin"],
])("a device that says %j is in %s", (told, zone) => {
  expect(toldZone(told, WINTER, "Europe/Berlin")).toBe(zone);
});

it("a device whose clock is not the brand's in summer is elsewhere", () => {
  expect(toldZone("GMT+0100", Date.parse("2026-07-15T12:00:00Z"), "Europe/Berlin")).toBe("Etc/GMT-1");
});

it.each([
  ["nothing", undefined],
  ["null", null],
  ["a number", 60],
  ["a place that nobody knows", "Atlantis/Poseidonis"],
  ["an offset that no place keeps", "GMT+0007"],
  ["an offset past the earth", "GMT+2300"],
  ["a text without end", "x".repeat(30_000)],
])("no zone is told by %s", (_, told) => {
  expect(toldZone(told, WINTER, "Europe/Berlin")).toBeNull();
  expect(noteDeviceZone({}, event(told), playbook)).toEqual({});
});

it("the last zone that a device told counts, whatever order events arrive in", () => {
  const lima = { deviceZone: { name: "America/Lima", at: "2026-01-15T12:00:00.000Z" } };
  expect(noteDeviceZone({}, event("America/Lima"), playbook)).toEqual(lima);
  expect(noteDeviceZone(lima, event("Asia/Tokyo", "2026-01-14T12:00:00.000Z"), playbook)).toEqual(lima);
  const tokyo = { deviceZone: { name: "Asia/Tokyo", at: "2026-01-16T12:00:00.000Z" } };
  expect(noteDeviceZone(lima, event("Asia/Tokyo", "2026-01-16T12:00:00.000Z"), playbook)).toEqual(tokyo);
  expect(mergeDeviceZone(lima, tokyo)).toEqual(tokyo);
  expect(mergeDeviceZone(tokyo, lima)).toEqual(tokyo);
  expect(mergeDeviceZone({}, lima)).toEqual(lima);
  expect(mergeDeviceZone({}, {})).toEqual({});
});
