import * as z from "zod/mini";
import { SimulationRequested } from "#events/simulation-requested.ts";
import { parse } from "#runtime/parse.ts";
import {
  dataKeys,
  decisionLogFiles,
  eventBus,
  outcomeFacts,
  playbooks,
  simulationStore,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { workerHandler } from "#runtime/worker.ts";
import { runSimulation } from "#usecases/simulate/run-simulation.ts";

const dependencies = {
  simulations: simulationStore(),
  playbooks: playbooks(),
  files: decisionLogFiles(),
  dataKeys: dataKeys(),
  outcomes: outcomeFacts(),
  bus: eventBus(),
  ...system,
};

/** A bus rule hands over the whole EventBridge event. */
const Delivered = z.object({ detail: SimulationRequested.schema });

export const handler = workerHandler(async ({ body }) => {
  await runSimulation(dependencies, parse(Delivered, body).detail);
});
