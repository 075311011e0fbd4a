import { type MetricName, metricNamespace } from "#ports/metric-names.ts";
import type { Dimensions, Telemetry } from "#ports/telemetry.ts";
import { service, stage } from "./env.ts";
import { writeLine } from "./log.ts";

type Value = { readonly value: number; readonly unit: "Count" | "Seconds" };
/** What was counted under the same dimensions. */
type Group = { readonly dimensions: Dimensions; readonly values: Map<MetricName, Value> };

const groups = new Map<string, Group>();

const groupOf = (dimensions: Dimensions): Group => {
  const key = JSON.stringify(Object.entries(dimensions));
  const group = groups.get(key) ?? { dimensions, values: new Map() };
  groups.set(key, group);
  return group;
};

/** Adds to a counter, which CloudWatch reads (embedded metric format, no API call) when the invocation ends. */
export const count: Telemetry["count"] = (name, by = 1, split = {}) => {
  const { values } = groupOf(typeof split === "string" ? { reason: split } : split);
  values.set(name, { value: (values.get(name)?.value ?? 0) + by, unit: "Count" });
};

/** Keeps the longest of an invocation, in seconds. */
export const keepLongest = (name: MetricName, seconds: number, dimensions: Dimensions): void => {
  const { values } = groupOf(dimensions);
  values.set(name, { value: Math.max(values.get(name)?.value ?? 0, seconds), unit: "Seconds" });
};

/**
 * A line from which CloudWatch makes metrics ("Specification: Embedded metric format"): of the whole function, because an
 * alarm cannot search for the parts of a sum, and split by what was given.
 */
const write = ({ dimensions, values }: Group): void => {
  const names = Object.keys(dimensions);
  writeLine({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace(stage),
          Dimensions: names.length === 0 ? [["service"]] : [["service"], ["service", ...names]],
          Metrics: [...values].map(([Name, { unit }]) => ({ Name, Unit: unit })),
        },
      ],
    },
    service,
    ...dimensions,
    ...Object.fromEntries([...values].map(([name, { value }]) => [name, value])),
  });
};

/** One log line per invocation for plain counters, one more for each way they were split. */
export const flushMetrics = (): void => {
  const written = [...groups.values()];
  groups.clear();
  for (const group of written) write(group);
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
