import { z } from "zod";
import { ACCOUNT, REGION } from "#infra/local/aws/place.ts";
import type { AwsRequest } from "#infra/local/aws/protocol.ts";
import { identify } from "#infra/local/gateway.ts";
import { dynamoDemands } from "./dynamo-demands.ts";
import type { Demand } from "./policy.ts";

const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

const text = z.string();
const Mail = z.object({ FromEmailAddress: text, ConfigurationSetName: text.optional() });
const Sms = z.object({ OriginationIdentity: text, ConfigurationSetName: text.optional() });
const Events = z.object({ Entries: z.array(z.object({ EventBusName: text })) });

/** Actions that IAM knows under another name than the operation's. */
const ACTIONS: Readonly<Record<string, string>> = {
  "s3:ListObjectsV2": "s3:ListBucket",
  "sqs:SendMessageBatch": "sqs:SendMessage",
  "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
};

const configurationSet = (service: string, name: string | undefined): readonly string[] =>
  name === undefined ? [] : [arn(service, `configuration-set/${name}`)];

/** A secret by its name has six characters at the end of its ARN that nobody knows. */
const secretArn = (id: string): string =>
  id.startsWith("arn:") ? id : arn("secretsmanager", `secret:${id}-a1b2c3`);

/** Resources of a request by service ("Actions, resources, and condition keys for AWS services"). */
const RESOURCES: Readonly<Record<string, (request: AwsRequest, operation: string) => readonly string[]>> = {
  sqs: ({ body }) => {
    const { QueueUrl } = z.object({ QueueUrl: text }).parse(JSON.parse(body));
    return [arn("sqs", QueueUrl.split("/").at(-1) ?? "")];
  },
  events: ({ body }) =>
    Events.parse(JSON.parse(body)).Entries.map(({ EventBusName }) =>
      arn("events", `event-bus/${EventBusName}`),
    ),
  firehose: ({ body }) => {
    const { DeliveryStreamName } = z.object({ DeliveryStreamName: text }).parse(JSON.parse(body));
    return [arn("firehose", `deliverystream/${DeliveryStreamName}`)];
  },
  secretsmanager: ({ body }) => [secretArn(z.object({ SecretId: text }).parse(JSON.parse(body)).SecretId)],
  s3: ({ path }, operation) => {
    const [, bucket = "", ...key] = decodeURIComponent(path).split("/");
    return [`arn:aws:s3:::${operation === "ListObjectsV2" ? bucket : [bucket, ...key].join("/")}`];
  },
  ses: ({ body }, operation) => {
    if (operation === "GetAccount") return ["*"];
    const { FromEmailAddress, ConfigurationSetName } = Mail.parse(JSON.parse(body));
    const domain = /@([^\s>]+)/.exec(FromEmailAddress)?.[1];
    return [arn("ses", `identity/${domain}`), ...configurationSet("ses", ConfigurationSetName)];
  },
  "sms-voice": ({ body }) => {
    const { OriginationIdentity, ConfigurationSetName } = Sms.parse(JSON.parse(body));
    const kind = OriginationIdentity.startsWith("+") ? "phone-number" : "sender-id";
    const identity = arn("sms-voice", `${kind}/${OriginationIdentity}`);
    return [identity, ...configurationSet("sms-voice", ConfigurationSetName)];
  },
  "social-messaging": ({ body }) => {
    const { originationPhoneNumberId: id } = z
      .object({ originationPhoneNumberId: text })
      .parse(JSON.parse(body));
    return [arn("social-messaging", `phone-number-id/${id}`)];
  },
  cloudwatch: () => [arn("cloudwatch", "alarm:*")],
  "cognito-idp": ({ body }) => [
    arn("cognito-idp", `userpool/${z.object({ UserPoolId: text }).parse(JSON.parse(body)).UserPoolId}`),
  ],
  mobiletargeting: ({ path }) => [arn("mobiletargeting", path.replace(/^\/v1\//, ""))],
};

/**
 * What a recorded request needs rights for.
 * @param dataKey ARN of the key that encrypts the tables: DynamoDB uses it in the caller's name
 */
export const demandsOf = (request: AwsRequest, dataKey: string): readonly Demand[] => {
  const { service, name } = identify(request);
  if (service === "dynamodb") {
    const { body } = request;
    const viaDynamo = { "kms:ViaService": [`dynamodb.${REGION}.amazonaws.com`] };
    return [
      ...dynamoDemands(name, body, (table) => arn("dynamodb", `table/${table}`)),
      { action: "kms:Decrypt", resources: [dataKey], context: viaDynamo },
    ];
  }
  const resources = RESOURCES[service];
  if (resources === undefined) throw new Error(`rights for ${service}:${name} are not known here`);
  const action = `${service}:${name}`;
  return [{ action: ACTIONS[action] ?? action, resources: resources(request, name), context: {} }];
};
