import { auditedCallers } from "#runtime/http/callers.ts";
import { httpHandler } from "#runtime/http/http-handler.ts";
import { eventBus, playbookStore, playbooks, simulationStore } from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { operations } from "./operations.ts";
import { simulationCalls } from "./simulations.ts";

export const handler = httpHandler(
  operations,
  simulationCalls({
    simulations: simulationStore(),
    store: playbookStore(),
    playbooks: playbooks(),
    bus: eventBus(),
    ...system,
  }),
  auditedCallers(),
);
