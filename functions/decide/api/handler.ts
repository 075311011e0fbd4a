import { dynamoCustomerStore } from "../../../shared/adapters/dynamodb/customer-store.ts";
import { dynamoDecisionStore } from "../../../shared/adapters/dynamodb/decision-store.ts";
import { dynamoLearningReader } from "../../../shared/adapters/dynamodb/learning-reader.ts";
import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { eventBridgeBus } from "../../../shared/adapters/eventbridge/event-bus.ts";
import { firehoseDecisionLog } from "../../../shared/adapters/firehose/decision-log.ts";
import { dynamo, events, firehose } from "../../../shared/runtime/aws.ts";
import { systemClock as clock, systemIds as ids } from "../../../shared/runtime/clock.ts";
import { documentCache } from "../../../shared/runtime/document-cache.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { httpHandler } from "../../../shared/runtime/http/http-handler.ts";
import { readIdentifierKey } from "../../../shared/runtime/identifier-key.ts";
import { modelCache } from "../../../shared/runtime/model-cache.ts";
import { playbookCache } from "../../../shared/runtime/playbook-cache.ts";
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
