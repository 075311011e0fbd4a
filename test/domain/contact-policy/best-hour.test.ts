import { expect, it } from "vitest";
import { nextBestHour } from "#domain/contact-policy/best-hour.ts";

const at = (time: string): number => Date.parse(`2026-03-11T${time}Z`);

it.each([
  ["without any clicks the moment itself", undefined, "10:20:00", at("10:20:00")],
  ["with two clicks the moment itself", { 12: 2 }, "10:20:00", at("10:20:00")],
  ["with three clicks the start of their hour", { 12: 3 }, "10:20:00", at("12:00:00")],
  ["within that hour the moment itself", { 12: 3 }, "12:20:00", at("12:20:00")],
  ["tomorrow, where the hour is past", { 9: 3 }, "10:20:00", at("09:00:00") + 86_400_000],
  ["an hour between others before one alone", { 3: 3, 14: 2, 15: 2, 16: 2 }, "10:20:00", at("15:00:00")],
  ["an hour before one that is as good alone", { 5: 3, 14: 3, 13: 2 }, "04:20:00", at("14:00:00")],
  ["an hour after one that is as good alone", { 5: 3, 14: 3, 15: 2 }, "04:20:00", at("14:00:00")],
  ["the last hour of the day beside midnight", { 12: 2, 23: 2, 0: 1 }, "10:20:00", at("23:00:00")],
  [
    "midnight beside the last hour of the day",
    { 12: 3, 23: 2, 0: 2, 1: 2 },
    "10:20:00",
    at("00:00:00") + 86_400_000,
  ],
])("waits for the hour of most clicks: %s", (_, hours, instant, expected) => {
  expect(nextBestHour(hours, at(instant))).toBe(expected);
});
