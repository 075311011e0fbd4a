import { dynamoCustomerStore } from "#adapters/dynamodb/customer-store.ts";
import { dynamoDecisionStore } from "#adapters/dynamodb/decision-store.ts";
import { dynamoHeldOffers } from "#adapters/dynamodb/held-units.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { sqsInbox } from "#adapters/sqs/inbox.ts";
import { dynamo, sqs } from "#runtime/aws.ts";
import { systemClock as clock } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { readIdentifierKey } from "#runtime/identifier-key.ts";
import { playbookCache } from "#runtime/playbook-cache.ts";
import { outcomeCalls } from "./outcomes.ts";

const env = readEnv("customersTable", "historyTable", "playbooksTable", "inboxUrl", "identifierKeySecret");
const client = dynamo();
const { customersTable, historyTable } = env;
const identifierKey = await readIdentifierKey(env.identifierKeySecret);

export const handler = httpHandler(
  { scope: "decide" },
  outcomeCalls({
    decisions: dynamoDecisionStore({ client, customersTable, historyTable }),
    offers: dynamoHeldOffers({ client, customersTable, historyTable }),
    customers: dynamoCustomerStore({ client, customersTable, historyTable, identifierKey }),
    playbooks: playbookCache(dynamoPlaybookStore({ client, table: env.playbooksTable }), clock),
    inbox: sqsInbox({ client: sqs(), queueUrl: env.inboxUrl, key: identifierKey.key }),
    clock,
  }),
);
