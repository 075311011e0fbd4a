import { afterEach, expect, it, vi } from "vitest";
import { METRICS } from "#ports/metric-names.ts";
import { log } from "#runtime/log.ts";
import { count, flushMetrics } from "#runtime/metrics.ts";
import { keepLines } from "../support/handlers/written-lines.ts";

const written = (work: () => void): Record<string, unknown>[] => {
  const lines = keepLines();
  work();
  vi.restoreAllMocks();
  return lines.map((line) => JSON.parse(line));
};
afterEach(() => {
  vi.restoreAllMocks();
});

it("should tell all plain counters of an invocation in one line, each reason in one of its own, and then nothing", () => {
  const [first, second, ...more] = written(() => {
    count(METRICS.eventsApplied, 3);
    count(METRICS.eventsApplied);
    count(METRICS.triggersFired);
    count(METRICS.triggersSkipped, 2, "age");
    flushMetrics();
    flushMetrics();
  });

  expect(more).toEqual([]);
  expect(first).toEqual({
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: "Rapport",
          Dimensions: [["service", "reason"]],
          Metrics: [{ Name: "TriggersSkipped", Unit: "Count" }],
        },
      ],
    },
    service: "rapport",
    reason: "age",
    TriggersSkipped: 2,
  });
  expect(second).toMatchObject({
    _aws: {
      CloudWatchMetrics: [
        {
          Dimensions: [["service"]],
          Metrics: [
            { Name: "EventsApplied", Unit: "Count" },
            { Name: "TriggersFired", Unit: "Count" },
          ],
        },
      ],
    },
    EventsApplied: 4,
    TriggersFired: 1,
  });
});

it("should name where an error rose, and leave out what it says", () => {
  const [line] = written(() => log.error("failed", new TypeError("ada@shop.example"), { code: "internal" }));

  expect(line).toMatchObject({ level: "ERROR", message: "failed", code: "internal", error: "TypeError" });
  expect(line?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(JSON.stringify(line)).not.toContain("ada@");
  expect(JSON.stringify(line)).toContain("metrics.test.ts");
});
