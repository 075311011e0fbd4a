import { createHash } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { LOCAL } from "#providers/all.local.ts";
import { NO_ISSUER } from "#runtime/names.ts";
import { textAt } from "../aws/json.ts";
import { arn, functionName, issuerUrl, type Place, queueUrl } from "../aws/place.ts";
import { type Identify, type Identity, named, opaque } from "../door/identify.ts";

const identifyQueue: Identify = (properties, generated, place) => {
  const fifo = properties.FifoQueue === true || properties.FifoQueue === "true";
  const name = textAt(properties, "QueueName") ?? `${generated}${fifo ? ".fifo" : ""}`;
  const url = queueUrl(place, name);
  return { ref: url, attributes: { Arn: arn(place, "sqs", name), QueueName: name, QueueUrl: url } };
};

const identifyTopic: Identify = (properties, generated, place) => {
  const name = textAt(properties, "TopicName") ?? generated;
  const own = arn(place, "sns", name);
  return { ref: own, attributes: { TopicArn: own, TopicName: name } };
};

/** Secrets get the six random characters of AWS, here derived so that they are the same at every start. */
const identifySecret: Identify = (properties, generated, place) => {
  const name = textAt(properties, "Name") ?? generated;
  const suffix = createHash("sha256").update(name).digest("hex").slice(0, 6);
  const own = arn(place, "secretsmanager", `secret:${name}-${suffix}`);
  return { ref: own, attributes: { Id: own, Arn: own } };
};

const identifyApi: Identify = (_properties, generated, place) => {
  const id = createHash("sha256").update(generated).digest("hex").slice(0, 10);
  return { ref: id, attributes: { ApiId: id, ApiEndpoint: place.apiUrl } };
};

const identifyVersion: Identify = (properties, _generated, place) => {
  const own = `${functionArn(textAt(properties, "FunctionName") ?? "", place)}:1`;
  return { ref: own, attributes: { Version: "1", FunctionArn: own } };
};

const identifyAlias: Identify = (properties, _generated, place) => {
  const own = `${functionArn(textAt(properties, "FunctionName") ?? "", place)}:${textAt(properties, "Name") ?? ""}`;
  return { ref: own, attributes: { AliasArn: own } };
};

/** Who logs in does so at an issuer of ours; where nobody can, its name says so. */
const identifyPool: Identify = (_properties, generated, place) => {
  const id = `${place.region}_${createHash("sha256").update(generated).digest("hex").slice(0, 9)}`;
  const own = arn(place, "cognito-idp", `userpool/${id}`);
  const issuer = place.logsIn === true ? issuerUrl(place, id) : NO_ISSUER;
  return { ref: id, attributes: { UserPoolId: id, Arn: own, ProviderURL: issuer, ProviderName: issuer } };
};

/** Its id is made up by Cognito: 26 letters and digits. */
const identifyPoolClient: Identify = (_properties, generated) => {
  const id = createHash("sha256").update(generated).digest("hex").slice(0, 26);
  return { ref: id, attributes: { ClientId: id } };
};

/** Bucket names are lower case and without a region or account in their ARN. */
const identifyBucket: Identify = (properties, generated) => {
  const name = textAt(properties, "BucketName") ?? generated.toLowerCase();
  return { ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } };
};

/** Every type the local cloud brings to life. */
export const LIVE_TYPES: ReadonlyMap<string, Identify> = new Map<string, Identify>([
  ["AWS::DynamoDB::Table", named("dynamodb", "TableName", (name) => `table/${name}`)],
  ["AWS::DynamoDB::GlobalTable", named("dynamodb", "TableName", (name) => `table/${name}`)],
  ["AWS::SQS::Queue", identifyQueue],
  ["AWS::SNS::Topic", identifyTopic],
  ["AWS::SNS::Subscription", opaque],
  ["AWS::Events::EventBus", named("events", "Name", (name) => `event-bus/${name}`)],
  ["AWS::Events::Rule", named("events", "Name", (name) => `rule/${name}`)],
  ["AWS::Scheduler::Schedule", named("scheduler", "Name", (name) => `schedule/default/${name}`)],
  [
    "AWS::SSM::Parameter",
    (properties, generated) => {
      const name = textAt(properties, "Name") ?? generated;
      return { ref: name, attributes: { Value: textAt(properties, "Value") ?? "", Type: "String" } };
    },
  ],
  ["AWS::SecretsManager::Secret", identifySecret],
  ["AWS::Lambda::Function", named("lambda", "FunctionName", (name) => `function:${name}`)],
  ["AWS::Lambda::Version", identifyVersion],
  ["AWS::Lambda::Alias", identifyAlias],
  ["AWS::Lambda::EventSourceMapping", opaque],
  ["AWS::ApiGatewayV2::Api", identifyApi],
  ["AWS::ApiGatewayV2::Route", opaque],
  ["AWS::ApiGatewayV2::Integration", opaque],
  [
    "AWS::ApiGatewayV2::Stage",
    (properties, generated) => ({ ref: textAt(properties, "StageName") ?? generated, attributes: {} }),
  ],
  ["AWS::Cognito::UserPool", identifyPool],
  ["AWS::Cognito::UserPoolClient", identifyPoolClient],
  ["AWS::Cognito::UserPoolGroup", opaque],
  ["AWS::S3::Bucket", identifyBucket],
  ["AWS::CloudWatch::Alarm", named("cloudwatch", "AlarmName", (name) => `alarm:${name}`)],
  ["AWS::Logs::MetricFilter", opaque],
  [
    "AWS::KinesisFirehose::DeliveryStream",
    named("firehose", "DeliveryStreamName", (name) => `deliverystream/${name}`),
  ],
  ...[...LOCAL.values()].flatMap(({ types }) => Object.entries(types ?? {})),
]);

/**
 * Types accepted without effect here: permissions, encryption, logs and deployments have nothing to do on one
 * machine. Every other unknown type stops the start: silence would hide a missing piece.
 */
export const INERT_TYPES: ReadonlySet<string> = new Set([
  "AWS::ApplicationAutoScaling::ScalableTarget",
  "AWS::ApplicationAutoScaling::ScalingPolicy",
  "AWS::CDK::Metadata",
  "AWS::CertificateManager::Certificate",
  "AWS::CloudWatch::CompositeAlarm",
  "AWS::CloudWatch::Dashboard",
  "AWS::CodeDeploy::Application",
  "AWS::Cognito::UserPoolDomain",
  "AWS::CodeDeploy::DeploymentConfig",
  "AWS::CodeDeploy::DeploymentGroup",
  "AWS::Events::EventBusPolicy",
  "AWS::Glue::Database",
  "AWS::Glue::Table",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::KMS::Alias",
  "AWS::KMS::Key",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::Permission",
  "AWS::Logs::LogGroup",
  "AWS::Logs::LogStream",
  "AWS::Logs::QueryDefinition",
  "AWS::Logs::ResourcePolicy",
  "AWS::Logs::SubscriptionFilter",
  "AWS::Scheduler::ScheduleGroup",
  "AWS::S3::BucketPolicy",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::QueuePolicy",
  "AWS::SecretsManager::ResourcePolicy",
  "AWS::SecretsManager::RotationSchedule",
  ...[...LOCAL.values()].flatMap(({ inertTypes }) => inertTypes ?? []),
]);

export function identityOf(type: string, properties: JsonObject, generated: string, place: Place): Identity {
  const identify = LIVE_TYPES.get(type);
  if (identify !== undefined) return identify(properties, generated, place);
  const service = (type.split("::")[1] ?? "").toLowerCase();
  const name = textAt(properties, "Name") ?? textAt(properties, "LogGroupName") ?? generated;
  const arnOfInert = arn(place, service, name);
  return { ref: name, attributes: { Arn: arnOfInert, Name: name, KeyId: name, RoleId: name } };
}

const functionArn = (nameOrArn: string, place: Place): string =>
  arn(place, "lambda", `function:${functionName(nameOrArn)}`);
