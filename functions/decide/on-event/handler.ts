import * as z from "zod/mini";
import { dynamoCustomerStore } from "#adapters/dynamodb/customer-store.ts";
import { dynamoDataKeys } from "#adapters/dynamodb/data-keys.ts";
import { dynamoDecisionStore } from "#adapters/dynamodb/decision-store.ts";
import { dynamoHistoryStore } from "#adapters/dynamodb/history-store.ts";
import { dynamoLearningReader } from "#adapters/dynamodb/learning-reader.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { dynamoTimers } from "#adapters/dynamodb/timers.ts";
import { eventBridgeBus } from "#adapters/eventbridge/event-bus.ts";
import { firehoseDecisionLog } from "#adapters/firehose/decision-log.ts";
import { sqsDueQueue } from "#adapters/sqs/due-queue.ts";
import { TriggerFired } from "#events/trigger-fired.ts";
import { dynamo, events, firehose, sqs } from "#runtime/aws.ts";
import { systemClock as clock } from "#runtime/clock.ts";
import { documentCache } from "#runtime/document-cache.ts";
import { readEnv } from "#runtime/env.ts";
import { readIdentifierKey } from "#runtime/identifier-key.ts";
import { modelCache } from "#runtime/model-cache.ts";
import { parse } from "#runtime/parse.ts";
import { playbookCache } from "#runtime/playbook-cache.ts";
import { workerHandler } from "#runtime/worker.ts";
import { decideOnEvent, type OnEventDependencies } from "./decide-on-event.ts";

const env = readEnv(
  "customersTable",
  "historyTable",
  "timersTable",
  "playbooksTable",
  "learningTable",
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

const dependencies: OnEventDependencies = {
  customers: dynamoCustomerStore({ client, customersTable, historyTable, identifierKey }),
  history: dynamoHistoryStore({ client, table: historyTable }),
  decisions: dynamoDecisionStore({ client, customersTable, historyTable, readVersion }),
  playbooks: playbookCache(versions, clock),
  models: modelCache(dynamoLearningReader({ client, table: env.learningTable }), clock),
  bus: eventBridgeBus({ client: events(), bus: env.bus }),
  timers: dynamoTimers({ client, table: env.timersTable, due, clock }),
  log: firehoseDecisionLog({ client: firehose(), stream: env.decisionStream }),
  dataKeys: dynamoDataKeys({ client, customersTable, historyTable }),
  clock,
};

/** A bus rule hands over the whole EventBridge event. */
const Delivered = z.object({ detail: TriggerFired.schema });

export const handler = workerHandler(async ({ body }) => {
  await decideOnEvent(dependencies, parse(Delivered, body).detail);
});
