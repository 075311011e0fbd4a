import type { Json, JsonObject } from "#kernel/json.ts";
import { flagAt, numberAt, objectAt, objectsAt, parseObject, stringsAt, textAt } from "../aws/json.ts";
import type { Place } from "../aws/place.ts";
import type { DueSource } from "../dynamodb/due-source.ts";
import type { StreamSettings } from "../firehose/service.ts";
import type { EventSourceSettings, FunctionSettings } from "../lambda/function.ts";
import type { QueueSettings } from "../sqs/model.ts";
import { type HttpApiSettings, readFunctions, readHttpApi } from "./functions.ts";
import type { Resource } from "./resolve-stacks.ts";

/** Everything the templates ask for, read into plain settings; nothing runs yet. */
export type Deployment = {
  readonly tables: readonly TableSettings[];
  readonly queues: readonly QueueSettings[];
  readonly topics: readonly string[];
  readonly subscriptions: readonly SubscriptionSettings[];
  readonly buses: readonly string[];
  readonly rules: readonly RuleSettings[];
  readonly schedules: readonly ScheduleSettings[];
  readonly parameters: ReadonlyMap<string, string>;
  readonly secrets: readonly SecretSettings[];
  readonly functions: readonly FunctionSettings[];
  readonly eventSources: readonly EventSourceSettings[];
  readonly api: HttpApiSettings | null;
  readonly buckets: readonly string[];
  readonly streams: readonly StreamSettings[];
  /** The resources of a type, for who plays providers. */
  readonly resources: (type: string) => readonly Resource[];
};
export type TableSettings = { readonly definition: JsonObject; readonly ttlAttribute: string | null };
export type SubscriptionSettings = {
  readonly arn: string;
  readonly topicArn: string;
  readonly queueArn: string;
  readonly raw: boolean;
  readonly filter: JsonObject | null;
  readonly filterScope: "MessageAttributes" | "MessageBody";
};
export type RuleSettings = {
  readonly name: string;
  readonly bus: string;
  readonly pattern: JsonObject;
  readonly targets: readonly JsonObject[];
};
export type ScheduleSettings = {
  readonly name: string;
  readonly expression: string;
  readonly timeZone: string | undefined;
  readonly targetArn: string;
  readonly input: string;
  readonly groupId: string | undefined;
  /** Metadata `rapport:skipWhileEmpty`. */
  readonly skipWhileEmpty: readonly DueSource[] | null;
};
export type SecretSettings = { readonly name: string; readonly arn: string; readonly properties: JsonObject };

export function readDeployment(resources: readonly Resource[], place: Place): Deployment {
  const of = (type: string): readonly Resource[] => resources.filter((resource) => resource.type === type);
  const tables = [...of("AWS::DynamoDB::Table"), ...of("AWS::DynamoDB::GlobalTable")];
  return {
    tables: tables.map(readTable),
    queues: of("AWS::SQS::Queue").map(readQueue),
    topics: of("AWS::SNS::Topic").map((topic) => topic.identity.ref),
    subscriptions: of("AWS::SNS::Subscription").map(readSubscription),
    buses: of("AWS::Events::EventBus").map((bus) => bus.identity.ref),
    rules: of("AWS::Events::Rule").flatMap(readRule),
    schedules: [
      ...of("AWS::Scheduler::Schedule").flatMap(readSchedule),
      ...of("AWS::Events::Rule").flatMap(readScheduledRule),
    ],
    parameters: new Map(
      of("AWS::SSM::Parameter").map((one) => [one.identity.ref, textAt(one.properties, "Value") ?? ""]),
    ),
    secrets: of("AWS::SecretsManager::Secret").map((secret) => ({
      name: textAt(secret.properties, "Name") ?? `${secret.stack.stackName}-${secret.logicalId}`,
      arn: secret.identity.ref,
      properties: secret.properties,
    })),
    functions: readFunctions(of("AWS::Lambda::Function"), place),
    eventSources: of("AWS::Lambda::EventSourceMapping").flatMap(readEventSource),
    api: readHttpApi(resources, place),
    buckets: of("AWS::S3::Bucket").map((bucket) => bucket.identity.ref),
    streams: of("AWS::KinesisFirehose::DeliveryStream").map(readStream),
    resources: of,
  };
}

function readTable(resource: Resource): TableSettings {
  const ttl = objectAt(resource.properties, "TimeToLiveSpecification");
  return {
    definition: { ...resource.properties, TableName: resource.identity.ref },
    ttlAttribute: flagAt(ttl, "Enabled") ? (textAt(ttl, "AttributeName") ?? null) : null,
  };
}

function readQueue(resource: Resource): QueueSettings {
  const { properties, identity } = resource;
  const policy = redrivePolicy(properties.RedrivePolicy);
  const targetArn = policy === null ? undefined : textAt(policy, "deadLetterTargetArn");
  return {
    name: identity.attributes.QueueName ?? "",
    url: identity.ref,
    arn: identity.attributes.Arn ?? "",
    fifo: flagAt(properties, "FifoQueue"),
    visibilityTimeout: numberAt(properties, "VisibilityTimeout") ?? 30,
    delay: numberAt(properties, "DelaySeconds") ?? 0,
    receiveWait: numberAt(properties, "ReceiveMessageWaitTimeSeconds") ?? 0,
    retention: numberAt(properties, "MessageRetentionPeriod") ?? 345_600,
    contentBasedDeduplication: flagAt(properties, "ContentBasedDeduplication"),
    deduplicationScope: properties.DeduplicationScope === "messageGroup" ? "messageGroup" : "queue",
    redrive:
      policy === null || targetArn === undefined
        ? null
        : { targetArn, maxReceiveCount: numberAt(policy, "maxReceiveCount") ?? 10 },
  };
}

const redrivePolicy = (value: Json | undefined): JsonObject | null =>
  typeof value === "string" ? parseObject(value) : value === undefined ? null : objectAt({ value }, "value");

function readStream(resource: Resource): StreamSettings {
  const destination = objectAt(resource.properties, "ExtendedS3DestinationConfiguration");
  const bucketArn = textAt(destination, "BucketARN");
  if (bucketArn === undefined) throw unsupported(resource, "a delivery stream to anywhere but S3");
  return {
    name: resource.identity.ref,
    bucket: bucketArn.replace(/^arn:aws:s3:::/, ""),
    prefix: textAt(destination, "Prefix") ?? "",
  };
}

function readSubscription(resource: Resource): SubscriptionSettings {
  const { properties } = resource;
  const protocol = textAt(properties, "Protocol");
  if (protocol !== "sqs") throw unsupported(resource, `a subscription with protocol ${protocol}`);
  return {
    arn: `${textAt(properties, "TopicArn")}:${resource.logicalId}`,
    topicArn: textAt(properties, "TopicArn") ?? "",
    queueArn: textAt(properties, "Endpoint") ?? "",
    raw: flagAt(properties, "RawMessageDelivery"),
    filter: "FilterPolicy" in properties ? objectAt(properties, "FilterPolicy") : null,
    filterScope: properties.FilterPolicyScope === "MessageBody" ? "MessageBody" : "MessageAttributes",
  };
}

const isEnabled = (resource: Resource): boolean => resource.properties.State !== "DISABLED";

function readRule(resource: Resource): readonly RuleSettings[] {
  const { properties } = resource;
  if (!("EventPattern" in properties) || !isEnabled(resource)) return [];
  return [
    {
      name: resource.identity.ref,
      bus: textAt(properties, "EventBusName") ?? "default",
      pattern: objectAt(properties, "EventPattern"),
      targets: objectsAt(properties, "Targets"),
    },
  ];
}

function readSchedule(resource: Resource): readonly ScheduleSettings[] {
  if (!isEnabled(resource)) return [];
  const { properties, metadata } = resource;
  const target = objectAt(properties, "Target");
  const sources = objectsAt(metadata, "rapport:skipWhileEmpty");
  return [
    {
      name: resource.identity.ref,
      expression: textAt(properties, "ScheduleExpression") ?? "",
      timeZone: textAt(properties, "ScheduleExpressionTimezone"),
      targetArn: textAt(target, "Arn") ?? "",
      input: textAt(target, "Input") ?? "{}",
      groupId: textAt(objectAt(target, "SqsParameters"), "MessageGroupId"),
      skipWhileEmpty: sources.length === 0 ? null : sources.map(readDueSource),
    },
  ];
}

const readDueSource = (source: JsonObject): DueSource => ({
  table: textAt(source, "table") ?? "",
  index: textAt(source, "index"),
  pks: stringsAt(source, "pks"),
});

/** A rule with a schedule instead of a pattern, the older way. */
function readScheduledRule(resource: Resource): readonly ScheduleSettings[] {
  const expression = textAt(resource.properties, "ScheduleExpression");
  if (expression === undefined || !isEnabled(resource)) return [];
  return objectsAt(resource.properties, "Targets").map((target, index) => ({
    name: `${resource.identity.ref}-${index}`,
    expression,
    timeZone: undefined,
    targetArn: textAt(target, "Arn") ?? "",
    input: textAt(target, "Input") ?? "{}",
    groupId: textAt(objectAt(target, "SqsParameters"), "MessageGroupId"),
    skipWhileEmpty: null,
  }));
}

function readEventSource(resource: Resource): readonly EventSourceSettings[] {
  const { properties } = resource;
  if (properties.Enabled === false) return [];
  const queueArn = textAt(properties, "EventSourceArn") ?? "";
  if (!queueArn.includes(":sqs:")) throw unsupported(resource, `an event source ${queueArn}`);
  return [
    {
      queueArn,
      functionArn: textAt(properties, "FunctionName") ?? "",
      batchSize: numberAt(properties, "BatchSize") ?? 10,
      windowSeconds: numberAt(properties, "MaximumBatchingWindowInSeconds") ?? 0,
      reportsFailures: stringsAt(properties, "FunctionResponseTypes").includes("ReportBatchItemFailures"),
      maximumConcurrency: numberAt(objectAt(properties, "ScalingConfig"), "MaximumConcurrency") ?? null,
    },
  ];
}

const unsupported = (resource: Resource, what: string): Error =>
  new Error(`the local cloud does not know ${what} (${resource.stack.id}/${resource.logicalId})`);
