import * as events from "aws-cdk-lib/aws-events";
import * as iam from "aws-cdk-lib/aws-iam";
import * as kms from "aws-cdk-lib/aws-kms";
import * as sns from "aws-cdk-lib/aws-sns";
import * as sqs from "aws-cdk-lib/aws-sqs";
import { Aws, Duration, type Stack } from "aws-cdk-lib/core";
import * as RESOURCES from "#providers/all.resources.ts";
import { MOST_RECEIVES } from "#runtime/patience.ts";
import { lookUpName, publishName } from "../constructs/core-names.ts";
import type { CoreQueue, Settings } from "../constructs/definition.ts";
import { coreDeadLetterQueueName, coreQueueName } from "../constructs/names.ts";
import { ofAllProviders } from "../constructs/provider-resources.ts";
import { visibilityFor } from "../constructs/queues.ts";

/** Longest that SQS keeps a message, and the longest that personal data may wait there. */
const DEAD_LETTER_RETENTION = Duration.days(14);
const RETENTION = Duration.days(4);

/** Of the functions that empty the two queues, `profile/apply-events` and `timers/fire`. */
const TIMEOUT_SECONDS: Record<CoreQueue, number> = { inbox: 10, due: 20 };

/** The two queues and two buses that several functions share, and the topics that services publish to. */
export const addBusResources = (stack: Stack, settings: Settings): void => {
  addInbox(stack, settings);
  addDue(stack, settings);
  for (const name of ["rapport", "sources"] as const) {
    const eventBusName =
      name === "rapport" ? `rapport-${settings.stage}` : `rapport-${settings.stage}-sources`;
    const bus = new events.EventBus(stack, `${name}Bus`, { eventBusName });
    publishName(stack, settings, `buses/${name}`, bus.eventBusName);
  }
  addTopics(stack, settings);
};

/** FIFO by customer, in the high-throughput mode: order and deduplication per message group. */
const addInbox = (stack: Stack, settings: Settings): void => {
  const fifo = {
    fifo: true,
    deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  } as const;
  const deadLetters = new sqs.Queue(stack, "InboxDeadLetterQueue", {
    ...fifo,
    queueName: coreDeadLetterQueueName(settings.stage, "inbox"),
    retentionPeriod: DEAD_LETTER_RETENTION,
  });
  const inbox = new sqs.Queue(stack, "InboxQueue", {
    ...fifo,
    queueName: coreQueueName(settings.stage, "inbox"),
    retentionPeriod: RETENTION,
    // A worker that crashes holds its customers' groups for a minute at most.
    visibilityTimeout: visibilityFor(TIMEOUT_SECONDS.inbox),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MOST_RECEIVES },
  });
  publishName(stack, settings, "queues/inbox-url", inbox.queueUrl);
  publishName(stack, settings, "queues/inbox-arn", inbox.queueArn);
  publishName(stack, settings, "queues/inbox-dlq-url", deadLetters.queueUrl);
  publishName(stack, settings, "queues/inbox-dlq-arn", deadLetters.queueArn);
};

/** Timers due within minutes wait here by queue delay, exact to the second. */
const addDue = (stack: Stack, settings: Settings): void => {
  const deadLetters = new sqs.Queue(stack, "DueDeadLetterQueue", {
    queueName: coreDeadLetterQueueName(settings.stage, "due"),
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: DEAD_LETTER_RETENTION,
  });
  const due = new sqs.Queue(stack, "DueQueue", {
    queueName: coreQueueName(settings.stage, "due"),
    encryption: sqs.QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: RETENTION,
    visibilityTimeout: visibilityFor(TIMEOUT_SECONDS.due),
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: MOST_RECEIVES },
  });
  publishName(stack, settings, "queues/due-url", due.queueUrl);
  publishName(stack, settings, "queues/due-arn", due.queueArn);
};

/** What providers tell and customers write carries addresses, so the topics are encrypted with our own key; SQS below them manages its own. */
const addTopics = (stack: Stack, settings: Settings): void => {
  const masterKey = kms.Key.fromKeyArn(stack, "DataKey", lookUpName(stack, settings, "keys/data"));
  const topics: readonly (readonly [id: string, name: TopicName, publishers: readonly string[]])[] = [
    ["ProviderEventsTopic", "provider-events", ofAllProviders(RESOURCES, ({ publishers }) => publishers)],
    ["InboundTopic", "inbound", ofAllProviders(RESOURCES, ({ inboundPublishers }) => inboundPublishers)],
    ["AlarmsTopic", "alarms", ["cloudwatch.amazonaws.com"]],
  ];
  for (const [id, name, publishers] of topics) {
    const topicName = `rapport-${settings.stage}-${name}`;
    const topic = new sns.Topic(stack, id, { topicName, masterKey, enforceSSL: true });
    for (const publisher of publishers) allowPublishing(topic, publisher);
    publishName(stack, settings, `topics/${name}`, topic.topicArn);
  }
};

type TopicName = "provider-events" | "inbound" | "alarms";

const allowPublishing = (topic: sns.Topic, service: string): void => {
  topic.addToResourcePolicy(
    new iam.PolicyStatement({
      principals: [new iam.ServicePrincipal(service)],
      actions: ["sns:Publish"],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
};
