import * as cloudwatch from "aws-cdk-lib/aws-cloudwatch";
import type { Alias } from "aws-cdk-lib/aws-lambda";
import { type LogGroup, MetricFilter } from "aws-cdk-lib/aws-logs";
import { Duration, type Stack } from "aws-cdk-lib/core";
import { METRICS, metricNamespace } from "#ports/metric-names.ts";
import type { FunctionFolder, FunctionProps, OwnMetric, Settings } from "./definition.ts";
import type { ConsumedQueue, WorkerQueues } from "./queues.ts";

/** The page that tells what to do: `docs/runbook/<function>-<alarm>.md`. */
const runbookPage = (functionId: string, alarm: string): string => `${functionId}-${alarm}.md`;

interface AlarmProps {
  readonly alarm: string;
  /** What its name ends in, beside the mark. */
  readonly suffix?: string;
  /** Said before what a customer suffers. */
  readonly meaning?: string | undefined;
  readonly metric: cloudwatch.IMetric;
  readonly threshold: number;
  /** Periods of the metric that must be bad, of how many. */
  readonly bad: number;
  readonly of: number;
  readonly topicArn: string;
}

const MINUTE = Duration.minutes(1);

/** One alarm whose text says what a customer suffers and where the way out is written. */
const addAlarm = (stack: Stack, props: FunctionProps, alarm: AlarmProps): cloudwatch.Alarm => {
  const { definition, folder, settings } = props;
  const result = new cloudwatch.Alarm(stack, `Alarm-${alarm.alarm}`, {
    alarmName: `rapport-${settings.stage}-${folder.id}-${alarm.alarm}${alarm.suffix ?? ""}`,
    alarmDescription: [
      ...(alarm.meaning === undefined ? [] : [alarm.meaning]),
      definition.failureImpact,
      `Runbook: ${settings.runbookUrl}/${runbookPage(folder.id, alarm.alarm)}`,
    ].join(" "),
    metric: alarm.metric,
    threshold: alarm.threshold,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: alarm.of,
    datapointsToAlarm: alarm.bad,
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

interface Measured {
  readonly settings: Settings;
  readonly folder: FunctionFolder;
  readonly statistic: "Sum" | "Maximum";
  readonly period: Duration;
}

const ownMetric = (
  { name, service, dimensions }: OwnMetric,
  { settings, folder, ...options }: Measured,
): cloudwatch.Metric =>
  new cloudwatch.Metric({
    namespace: metricNamespace(settings.stage),
    metricName: name,
    dimensionsMap: { service: service ?? `${folder.group}/${folder.name}`, ...dimensions },
    ...options,
  });

/**
 * The oldest message that waits, as SQS knows it, or that failed, as the worker does: SQS leaves what was received three
 * times out ("Available CloudWatch metrics for Amazon SQS").
 */
const ageMetric = ({ folder, settings }: FunctionProps, queue: ConsumedQueue): cloudwatch.IMetric =>
  new cloudwatch.MathExpression({
    expression: "MAX([FILL(waiting, 0), FILL(failed, 0)])",
    usingMetrics: {
      waiting: queueMetric(queue.physicalName, "ApproximateAgeOfOldestMessage"),
      failed: ownMetric(
        { name: METRICS.failedRecordAge, dimensions: { queue: queue.physicalName } },
        { settings, folder, statistic: "Maximum", period: MINUTE },
      ),
    },
    label: "Age of the oldest message",
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
    const metric = queueMetric(physicalName, "ApproximateNumberOfMessagesVisible");
    addAlarm(stack, props, { alarm, metric, threshold: 1, bad: 1, of: 1, topicArn });
  }
  for (const queue of queues.consumed) {
    const { alarm, lateAfterSeconds: threshold } = queue;
    addAlarm(stack, props, { alarm, metric: ageMetric(props, queue), threshold, bad: 3, of: 3, topicArn });
  }
};

/** The alarms that a function has of its own. */
export const addOwnAlarms = (stack: Stack, props: FunctionProps, topicArn: string): void => {
  const { definition, folder, settings } = props;
  for (const own of definition.alarms ?? []) {
    const { alarm, meaning, threshold, expression, badPeriods: bad = 1, ofPeriods: of = 1 } = own;
    const period = Duration.minutes(own.periodMinutes);
    const usingMetrics = Object.fromEntries(
      Object.entries(own.metrics).map(([id, metric]) => [
        id,
        ownMetric(metric, { settings, folder, statistic: "Sum", period }),
      ]),
    );
    const metric = new cloudwatch.MathExpression({ expression, usingMetrics, label: alarm, period });
    addAlarm(stack, props, { alarm, meaning, metric, threshold, bad, of, topicArn });
  }
};

/** What a function with routes is watched by. */
export interface HttpAlarmProps {
  readonly live: Alias;
  readonly logGroup: LogGroup;
  readonly topicArn: string;
}

/** A single error is no reason to wake anybody: one in three requests of a function that is asked once a minute is. */
const ERRORS = { inMinutes: 5, atLeast: 3 };

/** Error lines of a function, counted; by the version that wrote them where that is asked for. */
const errorLines = (
  stack: Stack,
  { folder, settings }: FunctionProps,
  logGroup: LogGroup,
  version?: string,
): cloudwatch.Metric => {
  const id = version === undefined ? "ErrorLines" : "ErrorLinesByVersion";
  new MetricFilter(stack, id, {
    logGroup,
    filterPattern: { logPatternString: '{ $.level = "ERROR" }' },
    metricNamespace: metricNamespace(settings.stage),
    metricName: `${id}-${folder.id}`,
    metricValue: "1",
    ...(version === undefined ? {} : { dimensions: { version: "$.version" } }),
  });
  return new cloudwatch.Metric({
    namespace: metricNamespace(settings.stage),
    metricName: `${id}-${folder.id}`,
    ...(version === undefined ? {} : { dimensionsMap: { version } }),
    statistic: "Sum",
  });
};

/**
 * Requests that this function did not answer as it should. The HTTP pipeline turns a fault into a 503 answer and one
 * ERROR line, which Lambda's own `Errors` does not count; crashes, timeouts and throttles write no line: so the sum.
 */
export const addHttpAlarm = (stack: Stack, props: FunctionProps, parts: HttpAlarmProps): void => {
  const period = Duration.minutes(ERRORS.inMinutes);
  const options = { statistic: "Sum", period };
  addAlarm(stack, props, {
    alarm: "errors",
    metric: new cloudwatch.MathExpression({
      expression: "FILL(logged, 0) + FILL(errors, 0) + FILL(throttles, 0)",
      usingMetrics: {
        logged: errorLines(stack, props, parts.logGroup),
        errors: parts.live.metricErrors(options),
        throttles: parts.live.metricThrottles(options),
      },
      label: "Requests not answered",
      period,
    }),
    threshold: ERRORS.atLeast,
    bad: 1,
    of: 1,
    topicArn: parts.topicArn,
  });
};

/**
 * The same of one version alone: what fails while a deploy shifts traffic to it. The errors of the version that it
 * replaces would stop the very deploy that mends them. Each version has an alarm of its own name: one that was changed
 * would begin in the state of the version before.
 */
export const addVersionAlarm = (
  stack: Stack,
  props: FunctionProps,
  { live, logGroup, topicArn }: HttpAlarmProps,
): cloudwatch.Alarm => {
  const { version } = live.version;
  const { functionName } = live.lambda;
  return addAlarm(stack, props, {
    alarm: "canary",
    suffix: `-${version}`,
    metric: new cloudwatch.MathExpression({
      expression: "FILL(logged, 0) + FILL(errors, 0)",
      usingMetrics: {
        logged: errorLines(stack, props, logGroup, version),
        // What was asked of the alias and answered by this version ("Types of metrics for Lambda functions").
        errors: new cloudwatch.Metric({
          namespace: "AWS/Lambda",
          metricName: "Errors",
          dimensionsMap: {
            FunctionName: functionName,
            Resource: `${functionName}:${live.aliasName}`,
            ExecutedVersion: version,
          },
          statistic: "Sum",
        }),
      },
      label: "Requests that the new version did not answer",
      period: MINUTE,
    }),
    // A tenth of the traffic may be little: errors in two minutes of the five that it is on trial.
    threshold: 1,
    bad: 2,
    of: 5,
    topicArn,
  });
};
