import { METRIC_NAMESPACE, type MetricName } from "#ports/metric-names.ts";
import type { Telemetry } from "#ports/telemetry.ts";
import { service } from "./env.ts";
import { writeLine } from "./log.ts";

const NO_REASON = "";
const counts = new Map<MetricName, Map<string, number>>();

/** Adds to a counter, which CloudWatch reads (embedded metric format, no API call) when the invocation ends. */
export const count: Telemetry["count"] = (name, by = 1, reason = NO_REASON) => {
  const reasons = counts.get(name) ?? new Map<string, number>();
  counts.set(name, reasons.set(reason, (reasons.get(reason) ?? 0) + by));
};

/** A line from which CloudWatch makes metrics ("Specification: Embedded metric format"). */
const write = (values: ReadonlyMap<string, number>, dimensions: Readonly<Record<string, string>>): void =>
  writeLine({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: METRIC_NAMESPACE,
          Dimensions: [Object.keys(dimensions)],
          Metrics: [...values.keys()].map((Name) => ({ Name, Unit: "Count" })),
        },
      ],
    },
    ...dimensions,
    ...Object.fromEntries(values),
  });

/** One log line per invocation for plain counters, one more per reason. */
export const flushMetrics = (): void => {
  const plain = new Map<string, number>();
  for (const [name, reasons] of counts) {
    for (const [reason, value] of reasons) {
      if (reason === NO_REASON) plain.set(name, value);
      else write(new Map([[name, value]]), { service, reason });
    }
  }
  counts.clear();
  if (plain.size > 0) write(plain, { service });
};

/** Middy hook: writes the counters whatever came of the invocation. */
export const metricsFlush = () => ({
  name: "metricsFlush",
  after: function flushAfter() {
    flushMetrics();
  },
  onError: function flushOnError() {
    flushMetrics();
  },
});
