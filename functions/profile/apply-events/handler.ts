import { dynamoCustomerStore } from "#adapters/dynamodb/customer-store.ts";
import { dynamoHistoryStore } from "#adapters/dynamodb/history-store.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { dynamoTimers } from "#adapters/dynamodb/timers.ts";
import { eventBridgeBus } from "#adapters/eventbridge/event-bus.ts";
import { joinedBus, joinedCustomers, joinedHistory, joinedTimers } from "#adapters/joined-stores.ts";
import { sqsDueQueue } from "#adapters/sqs/due-queue.ts";
import { dynamo, events, sqs } from "#runtime/aws.ts";
import { systemClock as clock, systemIds as ids } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { readIdentifierKey } from "#runtime/identifier-key.ts";
import { playbookCache } from "#runtime/playbook-cache.ts";
import { workerHandler } from "#runtime/worker.ts";
import { applyMessage } from "./apply-message.ts";
import { sqsDeadLetters } from "./dead-letter.ts";

const env = readEnv(
  "functionName",
  "customersTable",
  "historyTable",
  "timersTable",
  "playbooksTable",
  "dueUrl",
  "deadLetterUrl",
  "bus",
  "identifierKeySecret",
);
const client = dynamo();
const playbooks = playbookCache(dynamoPlaybookStore({ client, table: env.playbooksTable }), clock);
const due = sqsDueQueue({ client: sqs(), queueUrl: env.dueUrl, clock });

const dependencies = {
  // The groups of an invocation are applied side by side, so that much of what they ask for fits into one request.
  customers: joinedCustomers(
    dynamoCustomerStore({
      client,
      customersTable: env.customersTable,
      historyTable: env.historyTable,
      identifierKey: await readIdentifierKey(env.identifierKeySecret),
      joinLoads: true,
    }),
  ),
  history: joinedHistory(dynamoHistoryStore({ client, table: env.historyTable })),
  timers: joinedTimers(dynamoTimers({ client, table: env.timersTable, due, clock })),
  bus: joinedBus(eventBridgeBus({ client: events(), bus: env.bus })),
  deadLetters: sqsDeadLetters({ client: sqs(), queueUrl: env.deadLetterUrl, function: env.functionName }),
  playbook: playbooks.current,
  clock,
  ids,
};

export const handler = workerHandler(({ body }) => applyMessage(dependencies, body));
