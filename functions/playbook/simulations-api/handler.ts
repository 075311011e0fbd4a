import { httpHandler } from "#runtime/http/http-handler.ts";
import { eventBus, playbookStore, playbooks, simulationStore } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { simulationCalls } from "./simulations.ts";

export const handler = httpHandler(
  { scope: "playbooks:write" },
  simulationCalls({
    simulations: simulationStore(),
    store: playbookStore(),
    playbooks: playbooks(),
    bus: eventBus(),
    ...system,
  }),
);
