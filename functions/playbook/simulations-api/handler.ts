import { systemClock as clock, systemIds as ids } from "#runtime/clock.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { eventBus, playbookStore, playbooks, simulationStore } from "#runtime/stores.ts";
import { simulationCalls } from "./simulations.ts";

export const handler = httpHandler(
  { scope: "playbooks:write" },
  simulationCalls({
    simulations: simulationStore(),
    store: playbookStore(),
    playbooks: playbooks(),
    bus: eventBus(),
    clock,
    ids,
  }),
);
