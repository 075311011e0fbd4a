import type { ProviderContract } from "#ports/provider-contract.ts";
import type { Rights } from "./rights.ts";

/*
 * Every function's rights, for a person to review: resource -> actions. A resource is named as core publishes it
 * (`tables/customers`), as `own ...` where the function's stack makes it, else by service and ARN. What the code grants
 * without a row here, or no longer grants, fails the test. What senders may do beyond what all of them may is in their
 * providers' `contract.ts`.
 */
const LOG = "logs:CreateLogStream, logs:PutLogEvents";
const CONSUME = "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage";
const SEND = "sqs:SendMessage";
const SECRET = "secretsmanager:GetSecretValue";
const CUSTOMERS_READ = "dynamodb:GetItem, dynamodb:Query";
const CUSTOMERS_READ_WRITE = "dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem";
/** The key that a customer's records in the decision log are sealed with, and nothing else of the customer. */
const DATA_KEYS_READ = "dynamodb:BatchGetItem of dataKey pk sk";
/** Beside that whom a customer was merged with: their outcomes lie there. */
const DATA_KEYS_AND_MERGES_READ = `dynamodb:BatchGetItem of absorbed mergedInto pk sk, ${DATA_KEYS_READ}`;
const CUSTOMERS_AND_KEYS =
  "dynamodb:BatchGetItem of dataKey pk sk, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem";
/** Of all that lies there a sender, or the sweep, may write what looks like contact history: what never left gives its place back. */
const CUSTOMERS_READ_CONTACTS_WRITE =
  "dynamodb:GetItem, dynamodb:PutItem of body pk sk version, dynamodb:Query";
const SENDERS_CUSTOMERS = `dynamodb:BatchGetItem, ${CUSTOMERS_READ_CONTACTS_WRITE}`;
/** What anybody with a write key may cause to be written of a customer: what looks like contact history, and a key for the log. */
const SLOTS_CUSTOMERS =
  "dynamodb:GetItem, dynamodb:PutItem of body pk sk version, dynamodb:PutItem of dataKey pk sk, dynamodb:Query";
/** All customers, of whom it writes what looks like contact history, and a key for the log. Nobody else may scan. */
const WALK_CUSTOMERS =
  "dynamodb:BatchGetItem of dataKey pk sk, dynamodb:GetItem, dynamodb:PutItem of body pk sk version, dynamodb:PutItem of dataKey pk sk, dynamodb:Query, dynamodb:Scan";
const JOBS = "dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem";
const RECORD_DECISIONS = "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem";
const RECORD_MESSAGES = "dynamodb:GetItem, dynamodb:UpdateItem";
/** Versions to read; of what lies beside them, simulations to keep. The pointer is neither's to write. */
const SIMULATIONS = "dynamodb:GetItem, dynamodb:PutItem of sim_..., dynamodb:Query of sim_...";
const UNLOCK_TO_READ = "kms:Decrypt by way of dynamodb";
const UNLOCK_TO_WRITE = "kms:Decrypt by way of dynamodb, kms:GenerateDataKey by way of dynamodb";

export const IAM_TABLE: Readonly<Record<string, Rights>> = {
  "api/not-found": {
    "own log group": LOG,
  },
  "api/openapi": {
    "own log group": LOG,
  },
  "audience/api": {
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "keys/data": UNLOCK_TO_WRITE,
    "queues/due-arn": SEND,
    "tables/audit": "dynamodb:PutItem",
    "tables/jobs": JOBS,
    "tables/jobs/index/byKind": "dynamodb:Query",
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/timers": "dynamodb:BatchWriteItem",
  },
  "audience/walk": {
    "own audience-walk": CONSUME,
    "own audience-walk-dlq": SEND,
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "keys/data": UNLOCK_TO_WRITE,
    "queues/due-arn": SEND,
    "firehose deliverystream/streams/decisions": "firehose:PutRecordBatch",
    "tables/customers": WALK_CUSTOMERS,
    "tables/history": RECORD_DECISIONS,
    "tables/jobs": JOBS,
    "tables/jobs/index/byKind": "dynamodb:Query",
    "tables/learning": "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:Query",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/runs": "dynamodb:BatchGetItem, dynamodb:Query",
    "tables/runs/index/byStep": "dynamodb:Query",
    "tables/timers": "dynamodb:BatchWriteItem",
  },
  "collect/cloud-events": {
    "own collect-cloud-events": CONSUME,
    "own collect-cloud-events-dlq": SEND,
    "own log group": LOG,
    "keys/data": UNLOCK_TO_READ,
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "tables/playbooks": "dynamodb:GetItem",
  },
  "collect/http": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_READ,
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "secrets/identity-key": SECRET,
    "tables/keys": "dynamodb:GetItem",
  },
  "collect/http CanaryServiceRole": {
    "policy/service-role/AWSCodeDeployRoleForLambdaLimited": "managed",
  },
  "console/assets": {
    "own log group": LOG,
  },
  "console/keys": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_WRITE,
    "tables/audit": "dynamodb:PutItem",
    "tables/keys": "dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:PutItem",
    "tables/keys/index/byKind": "dynamodb:Query",
  },
  "console/people": {
    "own log group": LOG,
    "cloudwatch alarm:*": "cloudwatch:DescribeAlarms",
    "cognito-idp userpool/people/pool":
      "cognito-idp:AdminAddUserToGroup, cognito-idp:AdminCreateUser, cognito-idp:AdminDisableUser, cognito-idp:AdminEnableUser, cognito-idp:AdminListGroupsForUser, cognito-idp:AdminRemoveUserFromGroup, cognito-idp:ListUsers, cognito-idp:ListUsersInGroup",
    "keys/data": UNLOCK_TO_WRITE,
    "tables/audit": "dynamodb:PutItem, dynamodb:Query",
    "tables/keys": "dynamodb:GetItem",
  },
  "console/session": {
    "own log group": LOG,
  },
  "converse/api": {
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "firehose deliverystream/streams/decisions": "firehose:PutRecordBatch",
    "keys/data": UNLOCK_TO_WRITE,
    "queues/due-arn": SEND,
    "queues/inbox-arn": SEND,
    "s3 buckets/originals/*": "s3:GetObject",
    "secrets/identifier-key": SECRET,
    "tables/audit": "dynamodb:PutItem",
    "tables/conversations": "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query",
    "tables/conversations/index/byAssignee": "dynamodb:Query",
    "tables/conversations/index/byCustomer": "dynamodb:Query",
    "tables/conversations/index/byDue": "dynamodb:Query",
    "tables/conversations/index/byQueue": "dynamodb:Query",
    "tables/customers": CUSTOMERS_AND_KEYS,
    "tables/history": RECORD_DECISIONS,
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/timers": "dynamodb:BatchWriteItem, dynamodb:PutItem",
  },
  "converse/on-inbound": {
    "events event-bus/buses/rapport": "events:PutEvents",
    "firehose deliverystream/streams/decisions": "firehose:PutRecordBatch",
    "own converse-on-inbound": CONSUME,
    "own converse-on-inbound-dlq": SEND,
    "own log group": LOG,
    "keys/data": UNLOCK_TO_WRITE,
    "queues/due-arn": SEND,
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "tables/conversations": "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query",
    "tables/customers": `dynamodb:BatchGetItem of absorbed mergedInto pk sk, ${CUSTOMERS_AND_KEYS}`,
    "tables/history": RECORD_DECISIONS,
    "tables/history/index/byCustomer": "dynamodb:Query",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/timers": "dynamodb:BatchWriteItem, dynamodb:PutItem",
  },
  "decide/api": {
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "firehose deliverystream/streams/decisions": "firehose:PutRecordBatch",
    "keys/data": UNLOCK_TO_WRITE,
    "secrets/identifier-key": SECRET,
    "tables/customers": CUSTOMERS_READ_WRITE,
    "tables/history": RECORD_DECISIONS,
    "tables/keys": "dynamodb:GetItem",
    "tables/learning": "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:Query",
    "tables/playbooks": "dynamodb:GetItem",
  },
  "decide/api CanaryServiceRole": {
    "policy/service-role/AWSCodeDeployRoleForLambdaLimited": "managed",
  },
  "decide/on-event": {
    "own decide-on-event": CONSUME,
    "own decide-on-event-dlq": SEND,
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "firehose deliverystream/streams/decisions": "firehose:PutRecordBatch",
    "keys/data": UNLOCK_TO_WRITE,
    "queues/due-arn": SEND,
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "tables/customers": CUSTOMERS_AND_KEYS,
    "tables/history":
      "dynamodb:BatchGetItem, dynamodb:BatchWriteItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:UpdateItem",
    "tables/learning": "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:Query",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/timers": "dynamodb:BatchWriteItem",
  },
  "decide/slots": {
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "firehose deliverystream/streams/decisions": "firehose:PutRecordBatch",
    "keys/data": UNLOCK_TO_WRITE,
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "secrets/identity-key": SECRET,
    "secrets/link-key": SECRET,
    "tables/customers": SLOTS_CUSTOMERS,
    "tables/history": RECORD_DECISIONS,
    "tables/keys": "dynamodb:GetItem",
    "tables/learning": "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:Query",
    "tables/playbooks": "dynamodb:GetItem",
  },
  "journey/api": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_WRITE,
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "tables/audit": "dynamodb:PutItem",
    "tables/customers": CUSTOMERS_READ,
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/runs":
      "dynamodb:BatchGetItem, dynamodb:DeleteItem of still resuming, dynamodb:PutItem of still resuming, dynamodb:Query",
    "tables/runs/index/byStep": "dynamodb:Query",
  },
  "measure/learn": {
    "own log group": LOG,
    "own measure-learn": CONSUME,
    "own measure-learn-dlq": SEND,
    "keys/data": UNLOCK_TO_WRITE,
    "tables/history": "dynamodb:BatchGetItem",
    "tables/learning":
      "dynamodb:BatchGetItem, dynamodb:BatchWriteItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem",
    "tables/playbooks": "dynamodb:GetItem",
  },
  "measure/links": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_WRITE,
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "secrets/link-key": SECRET,
    "tables/customers":
      "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem",
    "tables/history": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
  },
  "measure/models-api": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_READ,
    "tables/keys": "dynamodb:GetItem",
    "tables/learning": "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:Query",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/providers": "dynamodb:Query",
  },
  "measure/outcomes-api": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_WRITE,
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "tables/customers": CUSTOMERS_READ_WRITE,
    "tables/history": RECORD_MESSAGES,
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
  },
  "measure/provider-events": {
    "own log group": LOG,
    "own measure-provider-events": CONSUME,
    "own measure-provider-events-dlq": SEND,
    "keys/data": UNLOCK_TO_WRITE,
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "tables/customers": CUSTOMERS_READ_WRITE,
    "tables/history": RECORD_MESSAGES,
    "tables/playbooks": "dynamodb:GetItem",
  },
  "playbook/api": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_WRITE,
    "tables/audit": "dynamodb:PutItem",
    "tables/drafts": "dynamodb:Query",
    "tables/jobs": "dynamodb:GetItem, dynamodb:Query",
    "tables/jobs/index/byKind": "dynamodb:Query",
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem",
    "tables/runs": "dynamodb:BatchGetItem, dynamodb:PutItem of edits, dynamodb:Query",
    "tables/runs/index/byStep": "dynamodb:Query",
  },
  "playbook/drafts": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_WRITE,
    "tables/audit": "dynamodb:PutItem",
    "tables/drafts":
      "dynamodb:BatchGetItem, dynamodb:BatchWriteItem, dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem",
    "tables/jobs": "dynamodb:GetItem, dynamodb:Query",
    "tables/jobs/index/byKind": "dynamodb:Query",
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem",
    "tables/runs": "dynamodb:BatchGetItem, dynamodb:PutItem of edits, dynamodb:Query",
    "tables/runs/index/byStep": "dynamodb:Query",
  },
  "playbook/render": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_READ,
    "secrets/identifier-key": SECRET,
    "tables/customers": CUSTOMERS_READ,
    "tables/drafts": "dynamodb:BatchGetItem, dynamodb:GetItem",
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
  },
  "playbook/simulate": {
    "own log group": LOG,
    "own playbook-simulate": CONSUME,
    "own playbook-simulate-dlq": SEND,
    "events event-bus/buses/rapport": "events:PutEvents",
    "keys/data": UNLOCK_TO_WRITE,
    "s3 buckets/decision-log": "s3:ListBucket",
    "s3 buckets/decision-log/decisions/*": "s3:GetObject",
    "tables/customers": DATA_KEYS_AND_MERGES_READ,
    "tables/history": "dynamodb:BatchGetItem",
    "tables/history/index/byCustomer": "dynamodb:Query",
    "tables/playbooks": SIMULATIONS,
  },
  "playbook/simulations-api": {
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "keys/data": UNLOCK_TO_WRITE,
    "tables/audit": "dynamodb:PutItem",
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": SIMULATIONS,
  },
  "profile/api": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_WRITE,
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "tables/audit": "dynamodb:PutItem",
    "tables/customers": "dynamodb:GetItem, dynamodb:PutItem of body pk sk version, dynamodb:Query",
    "tables/history/index/byCustomer": "dynamodb:Query",
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
  },
  "profile/apply-events": {
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "keys/data": UNLOCK_TO_WRITE,
    "queues/due-arn": SEND,
    "queues/inbox-arn": CONSUME,
    "queues/inbox-dlq-arn": SEND,
    "secrets/identifier-key": SECRET,
    "tables/customers":
      "dynamodb:BatchGetItem, dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem",
    "tables/history": "dynamodb:BatchGetItem, dynamodb:BatchWriteItem",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/runs": "dynamodb:BatchGetItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem",
    "tables/timers": "dynamodb:BatchWriteItem",
  },
  "receive/aws": {
    "own log group": LOG,
    "own receive-aws": CONSUME,
    "own receive-aws-dlq": SEND,
    "keys/data": UNLOCK_TO_WRITE,
    "queues/inbox-arn": SEND,
    "s3 buckets/originals/*": "s3:PutObject",
    "secrets/identifier-key": SECRET,
    "social-messaging phone-number-id/*": "social-messaging:GetWhatsAppMessageMedia",
    "tables/customers": CUSTOMERS_READ_WRITE,
    "tables/history": RECORD_MESSAGES,
    "tables/playbooks": "dynamodb:GetItem",
  },
  "receive/chat": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_WRITE,
    "queues/inbox-arn": SEND,
    "s3 buckets/originals/*": "s3:PutObject",
    "secrets/identifier-key": SECRET,
    "secrets/identity-key": SECRET,
    "secrets/link-key": SECRET,
    "tables/chats": "dynamodb:GetItem, dynamodb:PutItem, dynamodb:Query",
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
  },
  "receive/email": {
    "own log group": LOG,
    "own receive-email": CONSUME,
    "own receive-email-dlq": SEND,
    "keys/data": UNLOCK_TO_WRITE,
    "queues/inbox-arn": SEND,
    "s3 buckets/originals/*": "s3:GetObject",
    "secrets/identifier-key": SECRET,
    "secrets/link-key": SECRET,
    "tables/customers": "dynamodb:UpdateItem",
    "tables/history": "dynamodb:GetItem, dynamodb:UpdateItem",
    "tables/playbooks": "dynamodb:GetItem",
  },
  "receive/webhook": {
    "own log group": LOG,
    "keys/data": UNLOCK_TO_WRITE,
    "queues/inbox-arn": SEND,
    "s3 buckets/originals/*": "s3:PutObject",
    "secrets/identifier-key": SECRET,
    "secretsmanager secret:rapport/prod/providers/*/*": SECRET,
    "tables/customers": CUSTOMERS_READ_WRITE,
    "tables/history": RECORD_MESSAGES,
    "tables/playbooks": "dynamodb:GetItem",
  },
  "send/api": {
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "firehose deliverystream/streams/decisions": "firehose:PutRecordBatch",
    "keys/data": UNLOCK_TO_WRITE,
    "queues/due-arn": SEND,
    "secrets/identifier-key": SECRET,
    "secrets/link-key": SECRET,
    "tables/audit": "dynamodb:PutItem",
    "tables/codes": "dynamodb:PutItem, dynamodb:UpdateItem",
    "tables/customers": CUSTOMERS_AND_KEYS,
    "tables/history": RECORD_DECISIONS,
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/timers": "dynamodb:BatchWriteItem",
  },
  "tell/api": {
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "keys/data": UNLOCK_TO_WRITE,
    "secretsmanager secret:rapport/prod/providers/standard-webhooks/*": SECRET,
    "tables/audit": "dynamodb:PutItem",
    "tables/keys": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/webhooks": "dynamodb:DeleteItem, dynamodb:Query",
  },
  "tell/events": {
    "own log group": LOG,
    "own tell-events-dlq": SEND,
    "own tell-events-patient": CONSUME,
    "own tell-events-prompt": CONSUME,
    "events event-bus/buses/rapport": "events:PutEvents",
    "keys/data": UNLOCK_TO_WRITE,
    "queues/due-arn": SEND,
    "secretsmanager secret:rapport/prod/providers/standard-webhooks/*": SECRET,
    "tables/customers": CUSTOMERS_READ,
    "tables/history": "dynamodb:GetItem",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/timers": "dynamodb:BatchWriteItem",
    "tables/webhooks": "dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:Query, dynamodb:UpdateItem",
  },
  "timers/fire": {
    "own timers-fire": CONSUME,
    "own timers-fire-dlq": SEND,
    "own log group": LOG,
    "events event-bus/buses/rapport": "events:PutEvents",
    "keys/data": UNLOCK_TO_WRITE,
    "queues/due-arn":
      "sqs:ChangeMessageVisibility, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage, sqs:SendMessage",
    "queues/inbox-arn": SEND,
    "secrets/identifier-key": SECRET,
    "tables/customers": CUSTOMERS_READ_CONTACTS_WRITE,
    "tables/history": "dynamodb:BatchGetItem, dynamodb:UpdateItem",
    "tables/history/index/bySweep": "dynamodb:Query",
    "tables/playbooks": "dynamodb:GetItem",
    "tables/runs": "dynamodb:BatchGetItem, dynamodb:DeleteItem, dynamodb:PutItem, dynamodb:Query",
    "tables/runs/index/byDue": "dynamodb:Query",
    "tables/runs/index/byStep": "dynamodb:Query",
    "tables/timers":
      "dynamodb:BatchWriteItem, dynamodb:DeleteItem, dynamodb:GetItem, dynamodb:Query, dynamodb:UpdateItem",
  },
  "timers/fire ScheduleRolequeue1": {
    "own timers-fire": SEND,
    "own timers-fire-dlq": SEND,
  },
};

/** The rights of a channel's worker: those of every sender, and those of the channel's providers. */
const senderRights = (channel: string, providers: Rights): Rights => ({
  "own log group": LOG,
  [`own send-${channel}-bulk`]: CONSUME,
  [`own send-${channel}-dlq`]: SEND,
  [`own send-${channel}-transactional`]: CONSUME,
  "events event-bus/buses/rapport": "events:PutEvents",
  "keys/data": UNLOCK_TO_WRITE,
  "queues/due-arn": SEND,
  "queues/inbox-arn": SEND,
  "secrets/identifier-key": SECRET,
  "secrets/link-key": SECRET,
  "tables/customers": SENDERS_CUSTOMERS,
  "tables/history": RECORD_MESSAGES,
  "tables/playbooks": "dynamodb:GetItem",
  "tables/providers": "dynamodb:Query, dynamodb:UpdateItem",
  "tables/timers": "dynamodb:BatchWriteItem",
  ...providers,
});

/** The rights of the senders of these channels, each with what its providers need. */
export const rightsOfSenders = (
  channels: readonly string[],
  contracts: readonly (readonly [string, ProviderContract])[],
): Readonly<Record<string, Rights>> =>
  Object.fromEntries(
    channels.map((channel) => {
      const rights = contracts.map(([, { sending }]) => sending[channel]?.rights);
      return [`send/${channel}`, senderRights(channel, Object.assign({}, ...rights))];
    }),
  );
