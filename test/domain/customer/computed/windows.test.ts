import { describe, expect, it } from "vitest";
import { bucketOf, bucketWidth, inWindow, notOver } from "#domain/customer/computed/windows.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#kernel/time.ts";

const WIDTHS = [
  1_000,
  5_000,
  15_000,
  MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
  DAY_MS,
  2 * DAY_MS,
  7 * DAY_MS,
];

describe("the buckets of a window", () => {
  it.each(WIDTHS)("are %i ms wide from the length on that holds 48 of them", (width) => {
    const narrower = WIDTHS.findLast((one) => one < width) ?? width;
    expect([bucketWidth(48 * width - 1), bucketWidth(48 * width)]).toEqual([narrower, width]);
  });

  it("count while any of them lies in the window, and not before they begin", () => {
    const isLive = inWindow(48_000, 100_000);
    expect([51, 52, 100, 101].map(isLive)).toEqual([false, true, true, false]);
    expect([51, 52, 101].map(notOver(48_000, 100_000))).toEqual([false, true, true]);
    expect([51, 52].map(notOver(48_000, 99_999))).toEqual([true, true]);
    expect(bucketOf(48_000, "1970-01-01T00:01:40.999Z")).toBe(100);
  });
});
