import * as z from "zod/mini";
import { dynamoDataKeys } from "../../../shared/adapters/dynamodb/data-keys.ts";
import { dynamoOutcomeFacts } from "../../../shared/adapters/dynamodb/outcome-facts.ts";
import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { dynamoSimulationStore } from "../../../shared/adapters/dynamodb/simulation-store.ts";
import { eventBridgeBus } from "../../../shared/adapters/eventbridge/event-bus.ts";
import { s3DecisionLogFiles } from "../../../shared/adapters/s3/decision-log-files.ts";
import { SimulationRequested } from "../../../shared/events/simulation-requested.ts";
import { dynamo, events, s3 } from "../../../shared/runtime/aws.ts";
import { systemClock as clock } from "../../../shared/runtime/clock.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { parse } from "../../../shared/runtime/parse.ts";
import { playbookCache } from "../../../shared/runtime/playbook-cache.ts";
import { workerHandler } from "../../../shared/runtime/worker.ts";
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
