import { dynamoCustomerStore } from "../../../shared/adapters/dynamodb/customer-store.ts";
import { dynamoDecisionStore } from "../../../shared/adapters/dynamodb/decision-store.ts";
import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { firehoseDecisionLog } from "../../../shared/adapters/firehose/decision-log.ts";
import { dynamo, firehose } from "../../../shared/runtime/aws.ts";
import { systemClock as clock, systemIds as ids } from "../../../shared/runtime/clock.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { httpHandler } from "../../../shared/runtime/http.ts";
import { playbookCache } from "../../../shared/runtime/playbook-cache.ts";
import { readSecret } from "../../../shared/runtime/secrets.ts";
import { decisionCalls } from "./decisions.ts";

const env = readEnv(
  "customersTable",
  "historyTable",
  "playbooksTable",
  "decisionStream",
  "identifierKeySecret",
);
const client = dynamo();
const { customersTable, historyTable } = env;
const identifierKey = { version: "1", key: await readSecret(env.identifierKeySecret) };

export const handler = httpHandler(
  { scope: "decide" },
  decisionCalls({
    customers: dynamoCustomerStore({ client, customersTable, historyTable, identifierKey }),
    decisions: dynamoDecisionStore({ client, customersTable, historyTable }),
    playbooks: playbookCache(dynamoPlaybookStore({ client, table: env.playbooksTable }), clock),
    log: firehoseDecisionLog({ client: firehose(), stream: env.decisionStream }),
    clock,
    ids,
  }),
);
