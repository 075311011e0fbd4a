import { SimulationRequested } from "#events/simulation-requested.ts";
import { busWorker } from "#runtime/bus-worker.ts";
import {
  dataKeys,
  decisionLogFiles,
  eventBus,
  outcomeFacts,
  playbooks,
  simulationStore,
} from "#runtime/stores.ts";
import { system } from "#runtime/system.ts";
import { runSimulation } from "#usecases/simulate/run-simulation.ts";

const deps = {
  simulations: simulationStore(),
  playbooks: playbooks(),
  files: decisionLogFiles(),
  dataKeys: dataKeys(),
  outcomes: outcomeFacts(),
  bus: eventBus(),
  ...system,
};

/** A try that is cut off comes back after minutes: one that never ends is given up within the hour. */
const MOST_RECEIVES = 9;

export const handler = busWorker(SimulationRequested, (requested) => runSimulation(deps, requested), {
  mostReceives: MOST_RECEIVES,
});
