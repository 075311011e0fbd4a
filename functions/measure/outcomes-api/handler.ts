import { dynamoCustomerStore } from "../../../shared/adapters/dynamodb/customer-store.ts";
import { dynamoDecisionStore } from "../../../shared/adapters/dynamodb/decision-store.ts";
import { dynamoHeldOffers } from "../../../shared/adapters/dynamodb/held-units.ts";
import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { sqsInbox } from "../../../shared/adapters/sqs/inbox.ts";
import { dynamo, sqs } from "../../../shared/runtime/aws.ts";
import { systemClock as clock } from "../../../shared/runtime/clock.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { httpHandler } from "../../../shared/runtime/http/http-handler.ts";
import { readIdentifierKey } from "../../../shared/runtime/identifier-key.ts";
import { playbookCache } from "../../../shared/runtime/playbook-cache.ts";
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
