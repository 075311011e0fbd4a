import { dynamoCustomerStore } from "../../../shared/adapters/dynamodb/customer-store.ts";
import { dynamoHistoryStore } from "../../../shared/adapters/dynamodb/history-store.ts";
import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { dynamo } from "../../../shared/runtime/aws.ts";
import { systemClock as clock } from "../../../shared/runtime/clock.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { httpHandler } from "../../../shared/runtime/http/http-handler.ts";
import { readIdentifierKey } from "../../../shared/runtime/identifier-key.ts";
import { playbookCache } from "../../../shared/runtime/playbook-cache.ts";
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
