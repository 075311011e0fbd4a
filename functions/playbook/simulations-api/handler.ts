import { dynamoPlaybookStore } from "#adapters/dynamodb/playbook-store.ts";
import { dynamoSimulationStore } from "#adapters/dynamodb/simulation-store.ts";
import { eventBridgeBus } from "#adapters/eventbridge/event-bus.ts";
import { dynamo, events } from "#runtime/aws.ts";
import { systemClock as clock, systemIds as ids } from "#runtime/clock.ts";
import { readEnv } from "#runtime/env.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { playbookCache } from "#runtime/playbook-cache.ts";
import { simulationCalls } from "./simulations.ts";

const { playbooksTable: table, bus } = readEnv("playbooksTable", "bus");
const client = dynamo();
const store = dynamoPlaybookStore({ client, table });

export const handler = httpHandler(
  { scope: "playbooks:write" },
  simulationCalls({
    simulations: dynamoSimulationStore({ client, table }),
    store,
    playbooks: playbookCache(store, clock),
    bus: eventBridgeBus({ client: events(), bus }),
    clock,
    ids,
  }),
);
