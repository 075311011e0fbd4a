import { dynamoCustomerStore } from "#adapters/dynamodb/customer-store.ts";
import { dynamoHistoryStore } from "#adapters/dynamodb/history-store.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { dynamo } from "#runtime/aws.ts";
import { systemClock as clock } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { readIdentifierKey } from "#runtime/identifier-key.ts";
import { playbookCache } from "#runtime/playbook-cache.ts";
import { profileCalls } from "./profiles.ts";

const env = readEnv("customersTable", "historyTable", "playbooksTable", "identifierKeySecret");
const { customersTable, historyTable } = env;
const client = dynamo();
const identifierKey = await readIdentifierKey(env.identifierKeySecret);

export const handler = httpHandler(
  { scope: "profiles:read" },
  profileCalls({
    customers: dynamoCustomerStore({ client, customersTable, historyTable, identifierKey }),
    history: dynamoHistoryStore({ client, table: historyTable }),
    playbook: playbookCache(dynamoPlaybookStore({ client, table: env.playbooksTable }), clock).current,
    clock,
  }),
);
