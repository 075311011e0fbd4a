import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Aws } from "aws-cdk-lib/core";
import { type CoreName, ENV } from "#runtime/names.ts";
import { type Only, TABLE_USES, type TableUse } from "./table-uses.ts";

interface NamedUse {
  readonly variable: string;
  /** The name whose value the handler gets. */
  readonly value: CoreName;
  readonly action?: string;
  /** The name that holds the ARN to act on, where the value is not the ARN itself. */
  readonly arn?: CoreName;
}

/** Whatever else a function may be given: one variable and at most one action. */
const NAMED_USES = {
  "inbox:send": {
    variable: ENV.inboxUrl,
    value: "queues/inbox-url",
    action: "sqs:SendMessage",
    arn: "queues/inbox-arn",
  },
  "due:send": {
    variable: ENV.dueUrl,
    value: "queues/due-url",
    action: "sqs:SendMessage",
    arn: "queues/due-arn",
  },
  "identifier-key:read": {
    variable: ENV.identifierKeySecret,
    value: "secrets/identifier-key",
    action: "secretsmanager:GetSecretValue",
  },
  "link-key:read": {
    variable: ENV.linkKeySecret,
    value: "secrets/link-key",
    action: "secretsmanager:GetSecretValue",
  },
  "identity-key:read": {
    variable: ENV.identityKeySecret,
    value: "secrets/identity-key",
    action: "secretsmanager:GetSecretValue",
  },
  "public-url": { variable: ENV.publicUrl, value: "api/url" },
} as const satisfies Record<string, NamedUse>;

/** What a function may declare in `uses`. */
export type Use =
  | keyof typeof TABLE_USES
  | keyof typeof NAMED_USES
  | "bus:put"
  | "sessions:read"
  | "people:list"
  | "people:manage"
  | "alarms:list"
  | "decision-log:write"
  | "decision-log:read"
  | "originals:keep"
  | "originals:read";

/** What one use comes to. */
export interface Grant {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}

type Core = (name: CoreName) => string;

/** Exact actions on exact ARNs, and the environment variables that name them. */
export const grantOf = (use: Use, core: Core): Grant => {
  if (isTableUse(use)) return tableGrant(TABLE_USES[use], core);
  if (use === "sessions:read") return { environment: sessionsEnvironment(core), statements: [] };
  if (use === "people:list") return peopleGrant(core("people/pool"), LOOKING);
  if (use === "people:manage") return peopleGrant(core("people/pool"), MANAGING);
  if (use === "alarms:list") return ALARMS_GRANT;
  if (use === "bus:put") return busGrant(core("buses/rapport"));
  if (use === "decision-log:write") return logWriteGrant(core("streams/decisions"));
  if (use === "decision-log:read") return logReadGrant(core("buckets/decision-log"));
  if (use === "originals:keep") return originalsGrant(core("buckets/originals"), "s3:PutObject");
  if (use === "originals:read") return originalsGrant(core("buckets/originals"), "s3:GetObject");
  return namedGrant(NAMED_USES[use], core);
};

/** Sessions are checked by the issuer's public keys: that takes no right. */
const sessionsEnvironment = (core: Core): Grant["environment"] => ({
  [ENV.issuer]: core("people/issuer"),
  [ENV.consoleClient]: core("people/console-client"),
  [ENV.publicUrl]: core("api/url"),
});

const isTableUse = (use: Use): use is keyof typeof TABLE_USES => use in TABLE_USES;

type Conditions = Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;

const allow = (actions: readonly string[], resource: string, conditions?: Conditions): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [resource], ...(conditions && { conditions }) });

/** Conditions as AWS documents them ("Using IAM policy conditions for fine-grained access control" of DynamoDB). */
const conditionsOf = (only: Only): Conditions =>
  "partitions" in only
    ? { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [only.partitions].flat() } }
    : {
        "ForAllValues:StringEquals": { "dynamodb:Attributes": [...only.attributes] },
        StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
      };

const tableGrant = ({ actions, index, only, table, variable, writes }: TableUse, core: Core): Grant => {
  const name = core(table);
  const arn = `arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:${Aws.ACCOUNT_ID}:table/${name}`;
  const named = actions.map((action) => `dynamodb:${action}`);
  return {
    environment: { [variable]: name },
    statements: [
      ...(named.length > 0 ? [allow(named, arn, only && conditionsOf(only))] : []),
      ...[index ?? []].flat().map((one) => allow(["dynamodb:Query"], `${arn}/index/${one}`)),
      tableKey(core, writes),
    ],
  };
};

/** DynamoDB decrypts the table's key in the caller's name, so whoever reads or writes needs it, by way of DynamoDB only. */
const tableKey = (core: Core, writes: boolean): PolicyStatement =>
  new PolicyStatement({
    actions: writes ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"],
    resources: [core("keys/data")],
    conditions: { StringEquals: { "kms:ViaService": `dynamodb.${Aws.REGION}.amazonaws.com` } },
  });

const namedGrant = ({ action, arn, value, variable }: NamedUse, core: Core): Grant => ({
  environment: { [variable]: core(value) },
  statements: action ? [allow([action], core(arn ?? value))] : [],
});

const LOOKING = ["cognito-idp:ListUsers", "cognito-idp:ListUsersInGroup"];
/** Nobody is taken away: who is disabled still stands in the audit log by name. */
const MANAGING = [
  "cognito-idp:AdminAddUserToGroup",
  "cognito-idp:AdminCreateUser",
  "cognito-idp:AdminDisableUser",
  "cognito-idp:AdminEnableUser",
  "cognito-idp:AdminListGroupsForUser",
  "cognito-idp:AdminRemoveUserFromGroup",
];

const peopleGrant = (pool: string, actions: readonly string[]): Grant => ({
  environment: { [ENV.peoplePool]: pool },
  statements: [
    allow(actions, `arn:${Aws.PARTITION}:cognito-idp:${Aws.REGION}:${Aws.ACCOUNT_ID}:userpool/${pool}`),
  ],
});

/** Alarms are listed by what their names begin with; the right to that is one to all of the account and region. */
const ALARMS_GRANT: Grant = {
  environment: {},
  statements: [
    allow(
      ["cloudwatch:DescribeAlarms"],
      `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:*`,
    ),
  ],
};

const busGrant = (bus: string): Grant => ({
  environment: { [ENV.bus]: bus },
  statements: [
    allow(
      ["events:PutEvents"],
      `arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/${bus}`,
    ),
  ],
});

const logWriteGrant = (stream: string): Grant => ({
  environment: { [ENV.decisionStream]: stream },
  statements: [
    allow(
      ["firehose:PutRecordBatch"],
      `arn:${Aws.PARTITION}:firehose:${Aws.REGION}:${Aws.ACCOUNT_ID}:deliverystream/${stream}`,
    ),
  ],
});

const logReadGrant = (bucket: string): Grant => ({
  environment: { [ENV.decisionLogBucket]: bucket },
  statements: [
    allow(["s3:ListBucket"], `arn:${Aws.PARTITION}:s3:::${bucket}`),
    allow(["s3:GetObject"], `arn:${Aws.PARTITION}:s3:::${bucket}/decisions/*`),
  ],
});
const originalsGrant = (bucket: string, action: "s3:GetObject" | "s3:PutObject"): Grant => ({
  environment: { [ENV.originalsBucket]: bucket },
  statements: [allow([action], `arn:${Aws.PARTITION}:s3:::${bucket}/*`)],
});
