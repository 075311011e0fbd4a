import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import { Duration, type Stack } from "aws-cdk-lib/core";
import { METRICS, type MetricName, metricNamespace } from "#ports/metric-names.ts";
import type { Settings } from "../constructs/definition.ts";

interface Chart {
  readonly title: string;
  readonly metric: MetricName;
  /** Split by this dimension instead of by function, which the metrics call `service`. */
  readonly by?: "reason" | "channel";
  /** Whether the provider is told apart too. */
  readonly ofProvider?: true;
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
  { title: "Failed, by reason", metric: METRICS.messagesFailed, by: "reason" },
  { title: "Put off, by reason", metric: METRICS.messagesPutOff, by: "reason", ofProvider: true },
  { title: "Bounced, by channel", metric: METRICS.messagesBounced, by: "channel" },
  { title: "Complained, by channel", metric: METRICS.messagesComplained, by: "channel" },
  { title: "Suppressed, by reason", metric: METRICS.messagesSuppressed, by: "reason" },
  { title: "Triggers skipped, by reason", metric: METRICS.triggersSkipped, by: "reason" },
];

const PERIOD = Duration.minutes(5);

/** A search, so that a new function or reason shows up without a change here. */
const chart = (stage: string, { title, metric, by, ofProvider }: Chart): cloudwatch.GraphWidget => {
  const dimensions = [...(ofProvider ? ["provider"] : []), ...(by ? [by] : []), "service"].join(",");
  return new cloudwatch.GraphWidget({
    title,
    width: 8,
    height: 5,
    left: [
      new cloudwatch.MathExpression({
        expression: `SEARCH('{"${metricNamespace(stage)}",${dimensions}} MetricName="${metric}"', 'Sum', ${PERIOD.toSeconds()})`,
        usingMetrics: {},
        label: `\${PROP('Dim.${by ?? "service"}')}`,
        period: PERIOD,
      }),
    ],
  });
};

/** One page that shows how many came in, how many went out, and what was held back and why. */
export const addObserveResources = (stack: Stack, settings: Settings): void => {
  const charts = CHARTS.map((one) => chart(settings.stage, one));
  const rows = Array.from({ length: Math.ceil(charts.length / 3) }, (_, row) =>
    charts.slice(row * 3, row * 3 + 3),
  );
  new cloudwatch.Dashboard(stack, "Dashboard", {
    dashboardName: `rapport-${settings.stage}`,
    widgets: rows,
  });
};
