import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { Duration, type Stack } from "aws-cdk-lib/core";
import { METRIC_NAMESPACE, METRICS, type MetricName } from "#ports/metric-names.ts";
import type { Settings } from "../constructs/definition.ts";

interface Chart {
  readonly title: string;
  readonly metric: MetricName;
  /** Split by this dimension instead of by function, which the metrics call `service`. */
  readonly by?: "reason";
}

/** The way of one event, left to right. */
const CHARTS: readonly Chart[] = [
  { title: "Events collected", metric: METRICS.eventsCollected },
  { title: "Events applied", metric: METRICS.eventsApplied },
  { title: "Triggers fired", metric: METRICS.triggersFired },
  { title: "Decisions made", metric: METRICS.decisionsMade },
  { title: "Messages requested", metric: METRICS.messagesRequested },
  { title: "Messages sent", metric: METRICS.messagesSent },
  { title: "Delivered", metric: METRICS.messagesDelivered },
  { title: "Opened", metric: METRICS.messagesOpened },
  { title: "Clicked", metric: METRICS.messagesClicked },
  { title: "Failed", metric: METRICS.messagesFailed },
  { title: "Suppressed, by reason", metric: METRICS.messagesSuppressed, by: "reason" },
  { title: "Triggers skipped, by reason", metric: METRICS.triggersSkipped, by: "reason" },
];

const PERIOD = Duration.minutes(5);

/** A search, so that a new function or reason shows up without a change here. */
const chart = ({ title, metric, by }: Chart): cloudwatch.GraphWidget =>
  new cloudwatch.GraphWidget({
    title,
    width: 8,
    height: 5,
    left: [
      new cloudwatch.MathExpression({
        expression: `SEARCH('{${METRIC_NAMESPACE},${by ? "reason,service" : "service"}} MetricName="${metric}"', 'Sum', ${PERIOD.toSeconds()})`,
        usingMetrics: {},
        label: `\${PROP('Dim.${by ?? "service"}')}`,
        period: PERIOD,
      }),
    ],
  });

/** One page that shows how many came in, how many went out, and what was held back and why. */
export const addObserveResources = (stack: Stack, settings: Settings): void => {
  const rows = [0, 3, 6, 9].map((start) => CHARTS.slice(start, start + 3).map(chart));
  new cloudwatch.Dashboard(stack, "Dashboard", {
    dashboardName: `rapport-${settings.stage}`,
    widgets: rows,
  });
};
