import { CfnRule } from "aws-cdk-lib/aws-events";
import * as iam from "aws-cdk-lib/aws-iam";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import { CfnSubscription } from "aws-cdk-lib/aws-sns";
import type * as sqs from "aws-cdk-lib/aws-sqs";
import { Aws, type Stack } from "aws-cdk-lib/core";
import type { CoreName } from "#runtime/names.ts";
import type { FunctionFolder, QueueDefinition, QueueSource, Settings } from "./definition.ts";

interface SourceProps {
  readonly definition: QueueDefinition;
  readonly queue: sqs.Queue;
  readonly deadLetters: sqs.Queue;
  readonly core: (name: CoreName) => string;
  readonly folder: FunctionFolder;
  readonly settings: Settings;
}

/** Connects what feeds a queue: bus rules, a topic, a schedule. What cannot be delivered goes to the dead-letter queue. */
export const addQueueSources = (stack: Stack, props: SourceProps): void => {
  for (const [index, source] of props.definition.from.entries()) {
    addSource(stack, `${props.definition.name}-${index + 1}`, props, source);
  }
};

const addSource = (stack: Stack, id: string, props: SourceProps, source: QueueSource): void => {
  if ("bus" in source) addRule(stack, id, props, source);
  else if ("originals" in source) addRule(stack, id, props, putBelow(props, source.originals));
  else if ("topic" in source) addSubscription(stack, id, props, source);
  else addSchedule(stack, id, props, source);
};

/** S3 tells the account's default bus of what is put into a bucket, at least once. */
const putBelow = ({ core }: SourceProps, prefix: string) =>
  ({
    bus: "default",
    pattern: {
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: { bucket: { name: [core("buckets/originals")] }, object: { key: [{ prefix }] } },
    },
  }) as const;

const addRule = (
  stack: Stack,
  id: string,
  props: SourceProps,
  source: Extract<QueueSource, { bus: string }>,
): void => {
  const rule = new CfnRule(stack, `Rule-${id}`, {
    ...(source.bus === "default" ? {} : { eventBusName: props.core(`buses/${source.bus}`) }),
    description: `Feeds ${props.folder.group}/${props.folder.name}`,
    eventPattern: source.pattern,
    targets: [
      {
        id: "queue",
        arn: props.queue.queueArn,
        deadLetterConfig: { arn: props.deadLetters.queueArn },
      },
    ],
  });
  allowSending([props.queue, props.deadLetters], "events.amazonaws.com", rule.attrArn);
};

/** Raw delivery: the record's body is the provider's event itself, without SNS's envelope. */
const addSubscription = (
  stack: Stack,
  id: string,
  props: SourceProps,
  source: Extract<QueueSource, { topic: string }>,
): void => {
  const topicArn = props.core(`topics/${source.topic}`);
  new CfnSubscription(stack, `Subscription-${id}`, {
    topicArn,
    protocol: "sqs",
    endpoint: props.queue.queueArn,
    rawMessageDelivery: true,
    redrivePolicy: { deadLetterTargetArn: props.deadLetters.queueArn },
  });
  allowSending([props.queue, props.deadLetters], "sns.amazonaws.com", topicArn);
};

const addSchedule = (
  stack: Stack,
  id: string,
  props: SourceProps,
  source: Extract<QueueSource, { schedule: string }>,
): void => {
  const role = new iam.Role(stack, `ScheduleRole-${id}`, {
    assumedBy: new iam.ServicePrincipal("scheduler.amazonaws.com", {
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
    inlinePolicies: {
      own: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            actions: ["sqs:SendMessage"],
            resources: [props.queue.queueArn, props.deadLetters.queueArn],
          }),
        ],
      }),
    },
  });
  const schedule = new CfnSchedule(stack, `Schedule-${id}`, {
    scheduleExpression: source.schedule,
    flexibleTimeWindow: { mode: "OFF" },
    target: {
      arn: props.queue.queueArn,
      roleArn: role.roleArn,
      input: JSON.stringify({ schedule: source.schedule }),
      deadLetterConfig: { arn: props.deadLetters.queueArn },
      // A minute's tick is worthless an hour later: the next one does its work too.
      retryPolicy: { maximumEventAgeInSeconds: 300, maximumRetryAttempts: 5 },
    },
  });
  schedule.cfnOptions.metadata = {
    "rapport:skipWhileEmpty": source.skipWhileEmpty.map((due) => ({ ...due, table: props.core(due.table) })),
  };
};

const allowSending = (queues: readonly sqs.Queue[], service: string, sourceArn: string): void => {
  for (const queue of queues) {
    queue.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal(service)],
        actions: ["sqs:SendMessage"],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { "aws:SourceArn": sourceArn } },
      }),
    );
  }
};
