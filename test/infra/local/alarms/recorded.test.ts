import { describe, expect, it } from "vitest";
import { createRecordedMetric } from "#infra/local/alarms/recorded.ts";

const SUM = { statistic: "Sum", periodMinutes: 5 } as const;
const PEAK = { statistic: "Maximum", periodMinutes: 1 } as const;

describe("a metric by the minute", () => {
  it("is summed over periods that end with a whole minute, newest first", () => {
    const metric = createRecordedMetric(60);
    for (const [minute, value] of [
      [90, 1],
      [94, 2],
      [95, 4],
      [95, 4],
      [100, 8],
    ] as const)
      metric.add(minute, value);
    expect(metric.series(SUM, 100, 3)).toEqual([8, 3, null]);
    expect(metric.series({ ...SUM, statistic: "Maximum" }, 100, 1)).toEqual([4]);
  });

  it("that is looked up keeps its value until the next look", () => {
    const metric = createRecordedMetric(60);
    metric.sample(90, 3);
    metric.sample(93, 0);
    expect(metric.series(PEAK, 94, 5)).toEqual([0, 3, 3, 3, null]);
    expect(metric.last()).toBe(0);
  });

  it("is kept for no longer than alarms look back", () => {
    const metric = createRecordedMetric(10);
    for (let minute = 0; minute < 10_000; minute += 1) metric.add(minute, 1);
    expect(metric.series({ ...SUM, periodMinutes: 1_000 }, 10_000, 1)).toEqual([11]);
    expect(metric.isEmpty(10_000, 10)).toBe(false);
    expect(metric.isEmpty(11_000, 10)).toBe(true);
  });
});
