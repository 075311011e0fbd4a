import * as z from "zod/mini";
import { dynamoDataKeys } from "#adapters/dynamodb/data-keys.ts";
import { dynamoOutcomeFacts } from "#adapters/dynamodb/outcome-facts.ts";
import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { dynamoSimulationStore } from "#adapters/dynamodb/simulation-store.ts";
import { eventBridgeBus } from "#adapters/eventbridge/event-bus.ts";
import { s3DecisionLogFiles } from "#adapters/s3/decision-log-files.ts";
import { SimulationRequested } from "#events/simulation-requested.ts";
import { dynamo, events, s3 } from "#runtime/aws.ts";
import { systemClock as clock } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { parse } from "#runtime/parse.ts";
import { playbookCache } from "#runtime/playbook-cache.ts";
import { workerHandler } from "#runtime/worker.ts";
import { runSimulation } from "./run-simulation.ts";

const env = readEnv("customersTable", "historyTable", "playbooksTable", "decisionLogBucket", "bus");
const client = dynamo();
const { customersTable, historyTable, playbooksTable } = env;

const dependencies = {
  simulations: dynamoSimulationStore({ client, table: playbooksTable }),
  playbooks: playbookCache(dynamoPlaybookStore({ client, table: playbooksTable }), clock),
  files: s3DecisionLogFiles({ client: s3(), bucket: env.decisionLogBucket }),
  dataKeys: dynamoDataKeys({ client, customersTable, historyTable }),
  outcomes: dynamoOutcomeFacts({ client, customersTable, historyTable }),
  bus: eventBridgeBus({ client: events(), bus: env.bus }),
  clock,
};

/** A bus rule hands over the whole EventBridge event. */
const Delivered = z.object({ detail: SimulationRequested.schema });

export const handler = workerHandler(async ({ body }) => {
  await runSimulation(dependencies, parse(Delivered, body).detail);
});
