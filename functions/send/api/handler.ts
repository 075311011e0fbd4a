import { dynamoCustomerStore } from "#adapters/dynamodb/customer-store.ts";
import { dynamoDataKeys } from "#adapters/dynamodb/data-keys.ts";
import { dynamoDecisionStore } from "#adapters/dynamodb/decision-store.ts";
import { dynamoMessageStore } from "#adapters/dynamodb/message-store.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { dynamoTimers } from "#adapters/dynamodb/timers.ts";
import { eventBridgeBus } from "#adapters/eventbridge/event-bus.ts";
import { firehoseDecisionLog } from "#adapters/firehose/decision-log.ts";
import { sqsDueQueue } from "#adapters/sqs/due-queue.ts";
import { dynamo, events, firehose, sqs } from "#runtime/aws.ts";
import { systemClock as clock, systemIds as ids } from "#runtime/clock.ts";
import { documentCache } from "#runtime/document-cache.ts";
import { readEnv } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { readIdentifierKey } from "#runtime/identifier-key.ts";
import { playbookCache } from "#runtime/playbook-cache.ts";
import { messageCalls } from "./messages.ts";

const env = readEnv(
  "customersTable",
  "historyTable",
  "timersTable",
  "playbooksTable",
  "dueUrl",
  "bus",
  "decisionStream",
  "identifierKeySecret",
);
const client = dynamo();
const { customersTable, historyTable } = env;
const versions = dynamoPlaybookStore({ client, table: env.playbooksTable });
const { get: readVersion } = documentCache(versions, clock);
const identifierKey = await readIdentifierKey(env.identifierKeySecret);
const due = sqsDueQueue({ client: sqs(), queueUrl: env.dueUrl, clock });

export const handler = httpHandler(
  { scope: "send" },
  messageCalls({
    customers: dynamoCustomerStore({ client, customersTable, historyTable, identifierKey }),
    decisions: dynamoDecisionStore({ client, customersTable, historyTable, readVersion }),
    messages: dynamoMessageStore({ client, table: historyTable }),
    playbooks: playbookCache(versions, clock),
    bus: eventBridgeBus({ client: events(), bus: env.bus }),
    timers: dynamoTimers({ client, table: env.timersTable, due, clock }),
    log: firehoseDecisionLog({ client: firehose(), stream: env.decisionStream }),
    dataKeys: dynamoDataKeys({ client, customersTable, historyTable }),
    clock,
    ids,
  }),
);
