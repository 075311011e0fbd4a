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

export const handler = busWorker(SimulationRequested, (requested) => runSimulation(deps, requested));
