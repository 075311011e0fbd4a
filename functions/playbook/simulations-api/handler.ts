import { dynamoPlaybookStore } from "../../../shared/adapters/dynamodb/playbook-store.ts";
import { dynamoSimulationStore } from "../../../shared/adapters/dynamodb/simulation-store.ts";
import { eventBridgeBus } from "../../../shared/adapters/eventbridge/event-bus.ts";
import { dynamo, events } from "../../../shared/runtime/aws.ts";
import { systemClock as clock, systemIds as ids } from "../../../shared/runtime/clock.ts";
import { readEnv } from "../../../shared/runtime/env.ts";
import { httpHandler } from "../../../shared/runtime/http/http-handler.ts";
import { playbookCache } from "../../../shared/runtime/playbook-cache.ts";
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
