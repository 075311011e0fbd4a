import { service } from "./env.ts";
import { writeLine } from "./log.ts";
import { METRIC_NAMESPACE, type MetricName } from "./metric-names.ts";

const NO_REASON = "";
const counts = new Map<MetricName, Map<string, number>>();

/** Adds to a counter; told to CloudWatch (embedded metric format, no API call) when the invocation ends. */
export const count = (name: MetricName, by = 1, reason: string = NO_REASON): void => {
  const reasons = counts.get(name) ?? new Map<string, number>();
  counts.set(name, reasons.set(reason, (reasons.get(reason) ?? 0) + by));
};

/** A line from which CloudWatch makes metrics ("Specification: Embedded metric format"). */
const tell = (values: ReadonlyMap<string, number>, dimensions: Readonly<Record<string, string>>): void =>
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
      else tell(new Map([[name, value]]), { service, reason });
    }
  }
  counts.clear();
  if (plain.size > 0) tell(plain, { service });
};

/** Middy hook: tells the counters whatever came of the invocation. */
export const metricsFlush = () => ({
  name: "metricsFlush",
  after: function flushAfter() {
    flushMetrics();
  },
  onError: function flushOnError() {
    flushMetrics();
  },
});
