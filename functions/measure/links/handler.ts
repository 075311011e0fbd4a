import { dynamoCustomerStore } from "#adapters/dynamodb/customer-store.ts";
import { dynamoMessageStore } from "#adapters/dynamodb/message-store.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { sqsInbox } from "#adapters/sqs/inbox.ts";
import { dynamo, sqs } from "#runtime/aws.ts";
import { systemClock as clock } from "#runtime/clock.ts";
import { documentCache } from "#runtime/document-cache.ts";
import { readEnv } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { readIdentifierKey } from "#runtime/identifier-key.ts";
import { readSecret } from "#runtime/secrets.ts";
import { answerLink } from "./links.ts";

const env = readEnv(
  "customersTable",
  "historyTable",
  "playbooksTable",
  "inboxUrl",
  "identifierKeySecret",
  "linkKeySecret",
  "publicUrl",
);
const [identifierKey, linkKey] = await Promise.all([
  readIdentifierKey(env.identifierKeySecret),
  readSecret(env.linkKeySecret),
]);
const client = dynamo();
const { customersTable, historyTable } = env;

const answer = answerLink({
  messages: dynamoMessageStore({ client, table: historyTable }),
  customers: dynamoCustomerStore({ client, customersTable, historyTable, identifierKey }),
  inbox: sqsInbox({ client: sqs(), queueUrl: env.inboxUrl, key: identifierKey.key }),
  playbook: documentCache(dynamoPlaybookStore({ client, table: env.playbooksTable }), clock).current,
  keys: [linkKey],
  publicUrl: env.publicUrl.replace(/\/$/, ""),
  clock,
});

export const handler = httpHandler({ scope: null }, answer);
