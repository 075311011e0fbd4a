import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Aws } from "aws-cdk-lib/core";
import { type CoreName, ENV, INDEXES } from "../contract.ts";

type Table = "customers" | "history" | "timers" | "playbooks" | "keys" | "learning";
type Access = "read" | "write" | "read-write";

/** What a function may declare in `uses`. */
export type Use =
  | `${Table}:${Access}`
  | "inbox:send"
  | "inbox-dlq:send"
  | "due:send"
  | "bus:put"
  | "identifier-key:read"
  | "link-key:read"
  | "public-url";

/** What one use comes to. */
export interface Grant {
  readonly environment: Readonly<Record<string, string>>;
  readonly statements: readonly PolicyStatement[];
}

type Core = (name: CoreName) => string;

/** No Scan, here or anywhere: a function that needs one has the wrong key. */
const READ = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"];
const WRITE = [
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
];
const TABLE_ACTIONS: Record<Access, readonly string[]> = {
  read: READ,
  write: WRITE,
  "read-write": [...READ, ...WRITE],
};

const TABLE_ENV: Record<Table, string> = {
  customers: ENV.customersTable,
  history: ENV.historyTable,
  timers: ENV.timersTable,
  playbooks: ENV.playbooksTable,
  keys: ENV.keysTable,
  learning: ENV.learningTable,
};

const allow = (actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ actions: [...actions], resources: [...resources] });

/** DynamoDB decrypts the table's key in the caller's name, so whoever reads or writes needs the key, by way of DynamoDB only. */
const tableKey = (core: Core, access: Access): PolicyStatement =>
  new PolicyStatement({
    actions: access === "read" ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: [core("keys/data")],
    conditions: { StringEquals: { "kms:ViaService": `dynamodb.${Aws.REGION}.amazonaws.com` } },
  });

const grantTable = (core: Core, table: Table, access: Access): Grant => {
  const name = core(`tables/${table}`);
  const arn = `arn:${Aws.PARTITION}:dynamodb:${Aws.REGION}:${Aws.ACCOUNT_ID}:table/${name}`;
  const index =
    table === "history" && access !== "write" ? [`${arn}/index/${INDEXES.historyByCustomer}`] : [];
  return {
    environment: { [TABLE_ENV[table]]: name },
    statements: [allow(TABLE_ACTIONS[access], [arn, ...index]), tableKey(core, access)],
  };
};

const grantSend = (variable: string, url: string, arn: string): Grant => ({
  environment: { [variable]: url },
  statements: [allow(["sqs:SendMessage"], [arn])],
});

const grantSecret = (variable: string, arn: string): Grant => ({
  environment: { [variable]: arn },
  statements: [allow(["secretsmanager:GetSecretValue"], [arn])],
});

const grantBus = (bus: string): Grant => ({
  environment: { [ENV.bus]: bus },
  statements: [
    allow(
      ["events:PutEvents"],
      [`arn:${Aws.PARTITION}:events:${Aws.REGION}:${Aws.ACCOUNT_ID}:event-bus/${bus}`],
    ),
  ],
});

const isTableUse = (use: Use): use is `${Table}:${Access}` => use.slice(0, use.indexOf(":")) in TABLE_ENV;

const tableGrant = (use: `${Table}:${Access}`, core: Core): Grant => {
  const [table, access] = use.split(":") as [Table, Access];
  return grantTable(core, table, access);
};

/** Turns one use into the exact actions on exact ARNs and the environment variables that name them. */
export const grantOf = (use: Use, core: Core): Grant => {
  if (isTableUse(use)) return tableGrant(use, core);
  switch (use) {
    case "inbox:send":
      return grantSend(ENV.inboxUrl, core("queues/inbox-url"), core("queues/inbox-arn"));
    case "inbox-dlq:send":
      return grantSend(ENV.inboxDeadLetterUrl, core("queues/inbox-dlq-url"), core("queues/inbox-dlq-arn"));
    case "due:send":
      return grantSend(ENV.dueUrl, core("queues/due-url"), core("queues/due-arn"));
    case "bus:put":
      return grantBus(core("buses/rapport"));
    case "identifier-key:read":
      return grantSecret(ENV.identifierKeySecret, core("secrets/identifier-key"));
    case "link-key:read":
      return grantSecret(ENV.linkKeySecret, core("secrets/link-key"));
    case "public-url":
      return { environment: { [ENV.publicUrl]: core("api/url") }, statements: [] };
  }
};
