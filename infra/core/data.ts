import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import * as iam from "aws-cdk-lib/aws-iam";
import * as kms from "aws-cdk-lib/aws-kms";
import * as secretsmanager from "aws-cdk-lib/aws-secretsmanager";
import { Aws, RemovalPolicy, type Stack } from "aws-cdk-lib/core";
import type { IDependable } from "constructs";
import { INDEXES } from "#adapters/dynamodb/requests/indexes.ts";
import * as RESOURCES from "#providers/all.resources.ts";
import { publishName } from "../constructs/core-names.ts";
import type { Settings } from "../constructs/definition.ts";
import { ofAllProviders } from "../constructs/provider-resources.ts";

interface TableShape {
  readonly name:
    | "customers"
    | "history"
    | "timers"
    | "playbooks"
    | "keys"
    | "learning"
    | "drafts"
    | "audit"
    | "conversations"
    | "runs"
    | "jobs"
    | "providers"
    | "codes"
    | "chats"
    | "webhooks";
  readonly sortKey: boolean;
  /** Attribute with the second of expiry, where items may fade. */
  readonly expires?: string;
}

interface IndexShape {
  readonly name: string;
  readonly key: string;
  readonly sort: string;
  readonly keysOnly?: true;
}

const TABLES: readonly TableShape[] = [
  { name: "customers", sortKey: true },
  { name: "history", sortKey: false, expires: "expires" },
  { name: "timers", sortKey: true },
  { name: "playbooks", sortKey: true },
  { name: "keys", sortKey: false },
  { name: "learning", sortKey: true, expires: "expires" },
  { name: "drafts", sortKey: true, expires: "expires" },
  { name: "audit", sortKey: true, expires: "expires" },
  { name: "conversations", sortKey: true },
  { name: "runs", sortKey: true, expires: "expires" },
  { name: "jobs", sortKey: true, expires: "expires" },
  { name: "providers", sortKey: true, expires: "expires" },
  { name: "codes", sortKey: false, expires: "expires" },
  { name: "chats", sortKey: true, expires: "expires" },
  { name: "webhooks", sortKey: true, expires: "expires" },
];

/** Indexes by table: partition key and sort key of each. Where not all is needed to read from one, its keys alone lie there. */
const TABLE_INDEXES: Readonly<Partial<Record<TableShape["name"], readonly IndexShape[]>>> = {
  history: [
    { name: INDEXES.historyByCustomer, key: "customerId", sort: "at" },
    { name: INDEXES.historyBySweep, key: "sweepShard", sort: "sweepAt", keysOnly: true },
  ],
  keys: [{ name: INDEXES.keysByKind, key: "kind", sort: "pk" }],
  conversations: [
    { name: INDEXES.conversationsByQueue, key: "queue", sort: "place" },
    { name: INDEXES.conversationsByDue, key: "queue", sort: "due" },
    { name: INDEXES.conversationsByAssignee, key: "holder", sort: "place" },
    { name: INDEXES.conversationsByCustomer, key: "customerId", sort: "opened" },
  ],
  runs: [
    { name: INDEXES.runsByStep, key: "stepKey", sort: "since", keysOnly: true },
    { name: INDEXES.runsByDue, key: "dueKey", sort: "due", keysOnly: true },
  ],
  jobs: [{ name: INDEXES.jobsByKind, key: "kind", sort: "created" }],
};

/** Services that publish to our encrypted topics in our account's name. */
const PUBLISHERS = [
  ...ofAllProviders(RESOURCES, ({ publishers = [], inboundPublishers = [] }) => [
    ...publishers,
    ...inboundPublishers,
  ]),
  "cloudwatch.amazonaws.com",
];

const string = (name: string): dynamodb.Attribute => ({ name, type: dynamodb.AttributeType.STRING });

/**
 * The tables, the one key that encrypts them, and the secrets that hash identifiers, sign links and prove users.
 * @param others what else is in the stack
 */
export const addDataResources = (stack: Stack, settings: Settings, others: IDependable): void => {
  const removalPolicy = removalOf(settings);
  const key = addDataKey(stack, removalPolicy);
  publishName(stack, settings, "keys/data", key.keyArn);

  const secrets = (["identifier-key", "link-key", "identity-key"] as const).map((name) => {
    const secret = addSecret(stack, name, removalPolicy);
    publishName(stack, settings, `secrets/${name}`, secret.secretArn);
    return secret;
  });
  for (const shape of TABLES) {
    const table = addTable(stack, shape, { key, keepsData: settings.keepsData, removalPolicy });
    // Last of all: a first deploy that fails elsewhere has then no protected tables to take back.
    table.node.addDependency(others, ...secrets);
    publishName(stack, settings, `tables/${shape.name}`, table.tableName);
  }
};

/** What holds data stays when its stack goes, but for one that never came to be: that leaves nothing behind. */
export const removalOf = ({ keepsData }: Settings): RemovalPolicy =>
  keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;

const addDataKey = (stack: Stack, removalPolicy: RemovalPolicy): kms.Key => {
  const key = new kms.Key(stack, "DataKey", {
    description: "Rapport: tables and the topics that carry addresses",
    enableKeyRotation: true,
    removalPolicy,
  });
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: "PublishersOfOurTopics",
      principals: PUBLISHERS.map((service) => new iam.ServicePrincipal(service)),
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
    }),
  );
  return key;
};

/** For so long what was deleted, somebody's erasure included, can be brought back: docs/data-map.md promises no less. */
const BACKUP_DAYS = 35;

type Protection = {
  readonly key: kms.Key;
  readonly keepsData: boolean;
  readonly removalPolicy: RemovalPolicy;
};

const addTable = (stack: Stack, shape: TableShape, protection: Protection): dynamodb.Table => {
  const table = new dynamodb.Table(stack, `${shape.name}Table`, {
    partitionKey: string("pk"),
    ...(shape.sortKey ? { sortKey: string("sk") } : {}),
    ...(shape.expires ? { timeToLiveAttribute: shape.expires } : {}),
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: protection.key,
    pointInTimeRecoverySpecification: {
      pointInTimeRecoveryEnabled: true,
      recoveryPeriodInDays: BACKUP_DAYS,
    },
    deletionProtection: protection.keepsData,
    removalPolicy: protection.removalPolicy,
  });
  for (const { name, key, sort, keysOnly } of TABLE_INDEXES[shape.name] ?? []) {
    table.addGlobalSecondaryIndex({
      indexName: name,
      partitionKey: string(key),
      sortKey: string(sort),
      projectionType: keysOnly ? dynamodb.ProjectionType.KEYS_ONLY : dynamodb.ProjectionType.ALL,
    });
  }
  return table;
};

const addSecret = (stack: Stack, name: string, removalPolicy: RemovalPolicy): secretsmanager.Secret =>
  new secretsmanager.Secret(stack, name, {
    description: `Rapport: ${name}`,
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
    removalPolicy,
  });
