import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import type { Alias } from "aws-cdk-lib/aws-lambda";
import { type LogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Duration, type Stack } from "aws-cdk-lib/core";
import { METRIC_NAMESPACE } from "#ports/metric-names.ts";
import type { FunctionProps } from "./definition.ts";
import type { WorkerQueues } from "./queues.ts";

/** The page that tells what to do: `docs/runbook/<function>-<alarm>.md`. */
const runbookPage = (functionId: string, alarm: string): string => `${functionId}-${alarm}.md`;

interface AlarmProps {
  readonly alarm: string;
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  /** Minutes that must be bad, of how many. */
  readonly badMinutes: number;
  readonly ofMinutes: number;
  readonly topicArn: string;
}

const MINUTE = Duration.minutes(1);

/** One alarm whose text says what a customer suffers and where the way out is written. */
const addAlarm = (stack: Stack, props: FunctionProps, alarm: AlarmProps): cloudwatch.Alarm => {
  const { definition, folder, settings } = props;
  const result = new cloudwatch.Alarm(stack, `Alarm-${alarm.alarm}`, {
    alarmName: `rapport-${settings.stage}-${folder.id}-${alarm.alarm}`,
    alarmDescription: `${definition.failureImpact} Runbook: ${settings.runbookUrl}/${runbookPage(folder.id, alarm.alarm)}`,
    metric: alarm.metric,
    threshold: alarm.threshold,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: alarm.ofMinutes,
    datapointsToAlarm: alarm.badMinutes,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
  const action = { bind: () => ({ alarmActionArn: alarm.topicArn }) };
  result.addAlarmAction(action);
  result.addOkAction(action);
  return result;
};

const queueMetric = (queueName: string, metricName: string): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: "AWS/SQS",
    metricName,
    dimensionsMap: { QueueName: queueName },
    statistic: "Maximum",
    period: MINUTE,
  });

/** For each dead-letter queue: anything in it. For each queue: its oldest message waits too long. */
export const addQueueAlarms = (
  stack: Stack,
  props: FunctionProps,
  queues: WorkerQueues,
  topicArn: string,
): void => {
  for (const { physicalName, alarm } of queues.deadLetters) {
    addAlarm(stack, props, {
      alarm,
      metric: queueMetric(physicalName, "ApproximateNumberOfMessagesVisible"),
      threshold: 1,
      badMinutes: 1,
      ofMinutes: 1,
      topicArn,
    });
  }
  for (const { physicalName, alarm, lateAfterSeconds } of queues.consumed) {
    addAlarm(stack, props, {
      alarm,
      metric: queueMetric(physicalName, "ApproximateAgeOfOldestMessage"),
      threshold: lateAfterSeconds,
      badMinutes: 3,
      ofMinutes: 3,
      topicArn,
    });
  }
};

interface HttpAlarmProps {
  readonly live: Alias;
  readonly logGroup: LogGroup;
  readonly topicArn: string;
}

/**
 * Requests that this function did not answer as it should. The HTTP pipeline turns a fault into a 503 answer and one
 * ERROR line, which Lambda's own `Errors` does not count; crashes, timeouts and throttles write no line: so the sum.
 */
export const addHttpAlarm = (stack: Stack, props: FunctionProps, parts: HttpAlarmProps): cloudwatch.Alarm => {
  const logged = new MetricFilter(stack, "ErrorLines", {
    logGroup: parts.logGroup,
    filterPattern: { logPatternString: '{ $.level = "ERROR" }' },
    metricNamespace: METRIC_NAMESPACE,
    metricName: `ErrorLines-${props.settings.stage}-${props.folder.id}`,
    metricValue: "1",
  }).metric({ statistic: "Sum", period: MINUTE });
  const options = { statistic: "Sum", period: MINUTE };
  return addAlarm(stack, props, {
    alarm: "errors",
    metric: new cloudwatch.MathExpression({
      expression: "FILL(logged, 0) + FILL(errors, 0) + FILL(throttles, 0)",
      usingMetrics: {
        logged,
        errors: parts.live.metricErrors(options),
        throttles: parts.live.metricThrottles(options),
      },
      label: "Requests not answered",
      period: MINUTE,
    }),
    threshold: 1,
    badMinutes: 2,
    ofMinutes: 3,
    topicArn: parts.topicArn,
  });
};
