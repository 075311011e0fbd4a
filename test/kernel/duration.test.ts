import { describe, expect, it } from "vitest";
import { durationMs } from "#kernel/duration.ts";

const HOUR = 3_600_000;

describe("durations in files", () => {
  it.each([
    ["PT30M", HOUR / 2],
    ["PT1H", HOUR],
    ["P1D", 24 * HOUR],
    ["P2W", 14 * 24 * HOUR],
    ["P1DT1H1M1S", 25 * HOUR + 61_000],
    ["PT0S", 0],
  ])("%s is %i milliseconds", (text, expected) => {
    expect(durationMs(text)).toBe(expected);
  });

  it.each(["", "P", "PT", "P1DT", "1H", "P1M", "P1Y", "PT1.5H", "-PT1H", "pt1h", "PT1H ", "P1H"])(
    "%j is none",
    (text) => {
      expect(durationMs(text)).toBeNull();
    },
  );
});
