import { afterEach, expect, it, vi } from "vitest";
import { METRICS } from "#ports/metric-names.ts";
import { log } from "#runtime/log.ts";
import { count, flushMetrics, keepLongest } from "#runtime/metrics.ts";
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

const directive = (members: object) => ({ _aws: { CloudWatchMetrics: [members] } });

it("should tell all plain counters of an invocation in one line, each reason in one of its own, and then nothing", () => {
  const [first, second, ...more] = written(() => {
    count(METRICS.eventsApplied, 3);
    count(METRICS.triggersSkipped, 2, "age");
    count(METRICS.eventsApplied);
    count(METRICS.triggersFired);
    flushMetrics();
    flushMetrics();
  });

  expect(more).toEqual([]);
  expect(first).toEqual({
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: "Rapport/test",
          Dimensions: [["service"]],
          Metrics: [
            { Name: "EventsApplied", Unit: "Count" },
            { Name: "TriggersFired", Unit: "Count" },
          ],
        },
      ],
    },
    service: "rapport",
    EventsApplied: 4,
    TriggersFired: 1,
  });
  expect(second).toMatchObject({ service: "rapport", reason: "age", TriggersSkipped: 2 });
});

it("should count what is split as a whole too, for alarms cannot search", () => {
  const [line] = written(() => {
    count(METRICS.messagesPutOff, 1, { reason: "sending paused", provider: "ses" });
    flushMetrics();
  });
  expect(line).toMatchObject(directive({ Dimensions: [["service"], ["service", "reason", "provider"]] }));
});

it("should keep the longest of an invocation in seconds", () => {
  const [line] = written(() => {
    for (const seconds of [3, 90, 7]) keepLongest(METRICS.failedRecordAge, seconds, { queue: "due" });
    flushMetrics();
  });
  expect(line).toMatchObject({ queue: "due", FailedRecordAge: 90 });
  expect(line).toMatchObject(directive({ Metrics: [{ Name: "FailedRecordAge", Unit: "Seconds" }] }));
});

it("should name where an error rose, and leave out what it says", () => {
  const [line] = written(() => log.error("failed", new TypeError("ada@shop.example"), { code: "internal" }));

  expect(line).toMatchObject({ level: "ERROR", message: "failed", code: "internal", error: "TypeError" });
  expect(line?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(JSON.stringify(line)).not.toContain("ada@");
  expect(JSON.stringify(line)).toContain("metrics.test.ts");
});
