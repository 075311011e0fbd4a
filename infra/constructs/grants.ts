import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Aws } from "aws-cdk-lib/core";
import { INDEXES } from "#adapters/dynamodb/requests/indexes.ts";
import { type CoreName, ENV } from "#runtime/names.ts";

interface TableUse {
  readonly table: Extract<CoreName, `tables/${string}`>;
  readonly variable: string;
  /** DynamoDB actions on the table itself. */
  readonly actions: readonly string[];
  readonly writes: boolean;
  /** An index to query, and nothing else on it. */
  readonly index?: string;
  /** The actions may touch nothing but this. */
  readonly only?: Only;
}

/** Items whose partition key is like this; attributes, of which the request must name the ones it wants. */
type Only = { readonly partitions: string } | { readonly attributes: readonly string[] };

const CUSTOMERS = { table: "tables/customers", variable: ENV.customersTable } as const;
const HISTORY = { table: "tables/history", variable: ENV.historyTable } as const;
const TIMERS = { table: "tables/timers", variable: ENV.timersTable } as const;
const LEARNING = { table: "tables/learning", variable: ENV.learningTable } as const;
const DRAFTS = { table: "tables/drafts", variable: ENV.draftsTable } as const;
const RUNS = { table: "tables/runs", variable: ENV.runsTable } as const;
const PLAYBOOKS = { table: "tables/playbooks", variable: ENV.playbooksTable } as const;

/**
 * What a use of a table comes to: what the adapters call (shared/adapters/dynamodb), a transaction as the rights of its
 * parts. No Scan anywhere: who needs one has the wrong key.
 */
const TABLE_USES = {
  "data-keys:read": {
    ...CUSTOMERS,
    actions: ["BatchGetItem"],
    only: { attributes: ["pk", "sk", "dataKey"] },
    writes: false,
  },
  /** Who a customer has become, and who became them. */
  "merges:read": {
    ...CUSTOMERS,
    actions: ["BatchGetItem"],
    only: { attributes: ["pk", "sk", "mergedInto", "absorbed"] },
    writes: false,
  },
  "customers:read": { ...CUSTOMERS, actions: ["GetItem", "Query"], writes: false },
  "customers:read-write": {
    ...CUSTOMERS,
    actions: ["GetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
  },
  /** An item of these attributes and no others, as contact history: no pointer, key or merge. Rights know no sort keys. */
  "contacts:write": {
    ...CUSTOMERS,
    actions: ["PutItem"],
    only: { attributes: ["pk", "sk", "version", "body"] },
    writes: true,
  },
  /** The key that a customer's records in the log are sealed with, where there is none yet. */
  "data-keys:make": {
    ...CUSTOMERS,
    actions: ["PutItem"],
    only: { attributes: ["pk", "sk", "dataKey"] },
    writes: true,
  },
  "identifiers:resolve": { ...CUSTOMERS, actions: ["BatchGetItem"], writes: false },
  "suppressions:say": { ...CUSTOMERS, actions: ["UpdateItem"], writes: true },
  "suppressions:read": { ...CUSTOMERS, actions: ["BatchGetItem"], writes: false },
  "outcomes:read": { ...HISTORY, actions: ["BatchGetItem"], writes: false, index: INDEXES.historyByCustomer },
  "history:read": { ...HISTORY, actions: ["GetItem"], writes: false },
  "decisions:read": { ...HISTORY, actions: ["BatchGetItem"], writes: false },
  "facts:record": { ...HISTORY, actions: ["BatchGetItem", "BatchWriteItem"], writes: true },
  "decisions:record": {
    ...HISTORY,
    actions: ["BatchGetItem", "GetItem", "PutItem", "UpdateItem"],
    writes: true,
  },
  /** Messages that have not ended by when they should have. */
  "messages:sweep": {
    ...HISTORY,
    actions: ["BatchGetItem", "UpdateItem"],
    writes: true,
    index: INDEXES.historyBySweep,
  },
  "messages:record": { ...HISTORY, actions: ["GetItem", "UpdateItem"], writes: true },
  "timeline:read": { ...HISTORY, actions: [], writes: false, index: INDEXES.historyByCustomer },
  /** Runs of journeys, with the state of their customer, and the counts of their journeys. */
  "runs:walk": {
    ...RUNS,
    actions: ["BatchGetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
  },
  /** Runs whose time came, and journeys that are kept still. */
  "runs:tend": {
    ...RUNS,
    actions: ["BatchGetItem", "DeleteItem", "PutItem", "Query"],
    writes: true,
    index: INDEXES.runsByDue,
  },
  "runs:read": { ...RUNS, actions: ["BatchGetItem", "Query"], writes: false, index: INDEXES.runsByStep },
  "timers:set": { ...TIMERS, actions: ["BatchWriteItem"], writes: true },
  "timers:fire": { ...TIMERS, actions: ["DeleteItem", "GetItem", "Query", "UpdateItem"], writes: true },
  "playbooks:read": { ...PLAYBOOKS, actions: ["GetItem"], writes: false },
  "playbooks:read-write": {
    ...PLAYBOOKS,
    actions: ["GetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
  },
  /** Simulations lie beside the playbooks they are about; neither those nor the pointer are theirs to write. */
  "simulations:run": {
    ...PLAYBOOKS,
    actions: ["PutItem", "Query"],
    only: { partitions: "sim_*" },
    writes: true,
  },
  "drafts:list": { ...DRAFTS, actions: ["Query"], writes: false },
  "drafts:read": { ...DRAFTS, actions: ["BatchGetItem", "GetItem"], writes: false },
  "drafts:read-write": {
    ...DRAFTS,
    actions: ["BatchGetItem", "BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
  },
  "models:read": { ...LEARNING, actions: ["BatchGetItem", "GetItem", "Query"], writes: false },
  "models:learn": {
    ...LEARNING,
    actions: ["BatchGetItem", "BatchWriteItem", "GetItem", "PutItem", "Query", "UpdateItem"],
    writes: true,
  },
  "keys:read": { table: "tables/keys", variable: ENV.keysTable, actions: ["GetItem"], writes: false },
} as const satisfies Record<string, TableUse>;

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
  | "decision-log:write"
  | "decision-log:read"
  | "originals:keep";

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
  if (use === "bus:put") return busGrant(core("buses/rapport"));
  if (use === "decision-log:write") return logWriteGrant(core("streams/decisions"));
  if (use === "decision-log:read") return logReadGrant(core("buckets/decision-log"));
  if (use === "originals:keep") return keepGrant(core("buckets/originals"));
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
    ? { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [only.partitions] } }
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
      ...(index ? [allow(["dynamodb:Query"], `${arn}/index/${index}`)] : []),
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
const keepGrant = (bucket: string): Grant => ({
  environment: { [ENV.originalsBucket]: bucket },
  statements: [allow(["s3:PutObject"], `arn:${Aws.PARTITION}:s3:::${bucket}/*`)],
});
