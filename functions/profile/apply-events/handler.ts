import { dynamoCustomerStore } from "../../../shared/adapters/dynamodb/customer-store.ts";
import { dynamoHistoryStore } from "../../../shared/adapters/dynamodb/history-store.ts";
import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { dynamoTimers } from "../../../shared/adapters/dynamodb/timers.ts";
import { eventBridgeBus } from "../../../shared/adapters/eventbridge/event-bus.ts";
import {
  joinedBus,
  joinedCustomers,
  joinedHistory,
  joinedTimers,
} from "../../../shared/adapters/joined-stores.ts";
import { sqsDueQueue } from "../../../shared/adapters/sqs/due-queue.ts";
import { dynamo, events, sqs } from "../../../shared/runtime/aws.ts";
import { systemClock as clock, systemIds as ids } from "../../../shared/runtime/clock.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { readIdentifierKey } from "../../../shared/runtime/identifier-key.ts";
import { playbookCache } from "../../../shared/runtime/playbook-cache.ts";
import { workerHandler } from "../../../shared/runtime/worker.ts";
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
