import { dynamoCustomerStore } from "#adapters/dynamodb/customer-store.ts";
import { dynamoMessageStore } from "#adapters/dynamodb/message-store.ts";
import { dynamoSuppressionStore } from "#adapters/dynamodb/suppression-store.ts";
import { sqsInbox } from "#adapters/sqs/inbox.ts";
import { dynamo, sqs } from "#runtime/aws.ts";
import { systemClock } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { readIdentifierKey } from "#runtime/identifier-key.ts";
import { workerHandler } from "#runtime/worker.ts";
import { readProviderEvent } from "./read-event.ts";
import { type MeasureDependencies, takeReport } from "./take-report.ts";

const env = readEnv("customersTable", "historyTable", "inboxUrl", "identifierKeySecret");
const identifierKey = await readIdentifierKey(env.identifierKeySecret);
const client = dynamo();

const deps: MeasureDependencies = {
  messages: dynamoMessageStore({ client, table: env.historyTable }),
  suppressions: dynamoSuppressionStore({ client, table: env.customersTable, hash: identifierKey }),
  customers: dynamoCustomerStore({
    client,
    customersTable: env.customersTable,
    historyTable: env.historyTable,
    identifierKey,
  }),
  inbox: sqsInbox({ client: sqs(), queueUrl: env.inboxUrl, key: identifierKey.key }),
  clock: systemClock,
};

export const handler = workerHandler(async ({ body }) => {
  const report = readProviderEvent(body);
  if (report !== null) await takeReport(deps, report);
});
