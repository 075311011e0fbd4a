import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { METRIC_NAMESPACE, type MetricName } from "./metric-names.ts";

const metrics = new Metrics({
  namespace: METRIC_NAMESPACE,
  serviceName: process.env.RAPPORT_FUNCTION ?? "rapport",
});

const NO_REASON = "";
const counts = new Map<MetricName, Map<string, number>>();

/** Adds to a counter; told to CloudWatch (embedded metric format, no API call) when the invocation ends. */
export const count = (name: MetricName, by = 1, reason: string = NO_REASON): void => {
  const reasons = counts.get(name) ?? new Map<string, number>();
  counts.set(name, reasons.set(reason, (reasons.get(reason) ?? 0) + by));
};

const tell = (name: MetricName, reason: string, value: number): void => {
  if (reason === NO_REASON) return void metrics.addMetric(name, MetricUnit.Count, value);
  const single = metrics.singleMetric();
  single.addDimension("reason", reason);
  single.addMetric(name, MetricUnit.Count, value);
};

/** One log line per invocation for plain counters, one more per reason. */
export const flushMetrics = (): void => {
  if (counts.size === 0) return;
  for (const [name, reasons] of counts) {
    for (const [reason, value] of reasons) tell(name, reason, value);
  }
  counts.clear();
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
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
