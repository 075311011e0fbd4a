import { dynamoCustomerStore } from "../../../shared/adapters/dynamodb/customer-store.ts";
import { dynamoDataKeys } from "../../../shared/adapters/dynamodb/data-keys.ts";
import { dynamoDecisionStore } from "../../../shared/adapters/dynamodb/decision-store.ts";
import { dynamoMessageStore } from "../../../shared/adapters/dynamodb/message-store.ts";
import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { dynamoTimers } from "../../../shared/adapters/dynamodb/timers.ts";
import { eventBridgeBus } from "../../../shared/adapters/eventbridge/event-bus.ts";
import { firehoseDecisionLog } from "../../../shared/adapters/firehose/decision-log.ts";
import { sqsDueQueue } from "../../../shared/adapters/sqs/due-queue.ts";
import { dynamo, events, firehose, sqs } from "../../../shared/runtime/aws.ts";
import { systemClock as clock, systemIds as ids } from "../../../shared/runtime/clock.ts";
import { documentCache } from "../../../shared/runtime/document-cache.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { httpHandler } from "../../../shared/runtime/http/http-handler.ts";
import { readIdentifierKey } from "../../../shared/runtime/identifier-key.ts";
import { playbookCache } from "../../../shared/runtime/playbook-cache.ts";
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
