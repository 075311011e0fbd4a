import { dynamoCustomerStore } from "#adapters/dynamodb/customer-store.ts";
import { dynamoDecisionStore } from "#adapters/dynamodb/decision-store.ts";
import { dynamoLearningReader } from "#adapters/dynamodb/learning-reader.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { eventBridgeBus } from "#adapters/eventbridge/event-bus.ts";
import { firehoseDecisionLog } from "#adapters/firehose/decision-log.ts";
import { dynamo, events, firehose } from "#runtime/aws.ts";
import { systemClock as clock, systemIds as ids } from "#runtime/clock.ts";
import { documentCache } from "#runtime/document-cache.ts";
import { readEnv } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { readIdentifierKey } from "#runtime/identifier-key.ts";
import { modelCache } from "#runtime/model-cache.ts";
import { playbookCache } from "#runtime/playbook-cache.ts";
import { decisionCalls } from "./decisions.ts";

const env = readEnv(
  "customersTable",
  "historyTable",
  "playbooksTable",
  "learningTable",
  "bus",
  "decisionStream",
  "identifierKeySecret",
);
const client = dynamo();
const { customersTable, historyTable } = env;
const versions = dynamoPlaybookStore({ client, table: env.playbooksTable });
const { get: readVersion } = documentCache(versions, clock);
const identifierKey = await readIdentifierKey(env.identifierKeySecret);

export const handler = httpHandler(
  { scope: "decide" },
  decisionCalls({
    customers: dynamoCustomerStore({ client, customersTable, historyTable, identifierKey }),
    decisions: dynamoDecisionStore({ client, customersTable, historyTable, readVersion }),
    playbooks: playbookCache(versions, clock),
    models: modelCache(dynamoLearningReader({ client, table: env.learningTable }), clock),
    bus: eventBridgeBus({ client: events(), bus: env.bus }),
    log: firehoseDecisionLog({ client: firehose(), stream: env.decisionStream }),
    clock,
    ids,
  }),
);
