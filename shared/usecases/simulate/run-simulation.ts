import { listeningTo, type Tried } from "#domain/simulation/fired-rows.ts";
import type { Simulation } from "#domain/simulation/job.ts";
import { SimulationRequested } from "#events/simulation-requested.ts";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { CompiledVersions } from "#ports/playbook-store.ts";
import type { SimulationStore } from "#ports/simulation-store.ts";
import { type LogDependencies, logStep } from "./log-step.ts";
import { profileStep } from "./profile-step.ts";

export type SimulateDependencies = LogDependencies & {
  readonly simulations: SimulationStore;
  readonly playbooks: Pick<CompiledVersions, "get">;
  readonly bus: EventBus;
  readonly clock: Clock;
};

/** One invocation works so long, then hands over to the next: far from its own end, so that a step is never cut off. */
const WORK_MS = 30_000;

/** The version that is tried, made ready once for all steps of an invocation. */
type TriedOf = (simulation: Simulation) => Promise<Tried>;

const triedFrom = ({ playbooks }: SimulateDependencies): TriedOf => {
  let made: Promise<Tried> | undefined;
  return ({ version }) => {
    made ??= playbooks.get(version).then(listeningTo);
    return made;
  };
};

const makeStep = async (
  deps: SimulateDependencies,
  simulation: Simulation,
  triedOf: TriedOf,
): Promise<Simulation> => {
  const tried = await triedOf(simulation);
  return simulation.source.kind === "log"
    ? logStep(deps, simulation, tried)
    : profileStep(deps, simulation, tried, await deps.playbooks.get(simulation.live));
};

/** What will never succeed ends the simulation, and whoever asked for it reads why. */
const nextStep = async (
  deps: SimulateDependencies,
  simulation: Simulation,
  triedOf: TriedOf,
): Promise<Simulation> => {
  const numbered = { step: simulation.step + 1, updatedAt: new Date(deps.clock.now()).toISOString() };
  try {
    return { ...(await makeStep(deps, simulation, triedOf)), ...numbered };
  } catch (error) {
    if (!(error instanceof RapportError) || error.transient) throw error;
    return { ...simulation, ...numbered, status: "failed", reason: error.message };
  }
};

/**
 * Goes on with a simulation where its last step ended, for half a minute, and asks for the rest to be done. Each step is
 * written once: whoever is second finds the step made and stops, so that a message delivered twice or a crash anywhere
 * costs at most one step's work.
 */
export const runSimulation = async (
  deps: SimulateDependencies,
  { simulationId }: SimulationRequested,
): Promise<void> => {
  const until = deps.clock.now() + WORK_MS;
  const triedOf = triedFrom(deps);
  let simulation = await deps.simulations.get(simulationId);
  if (simulation === null) throw new RapportError("not_found", "there is no simulation of that id");
  while (simulation.status === "running") {
    const next = await nextStep(deps, simulation, triedOf);
    if ((await deps.simulations.save(next)) === "conflict") return;
    simulation = next;
    if (deps.clock.now() >= until) break;
  }
  if (simulation.status !== "running") return;
  const { name } = SimulationRequested;
  const id = `${simulationId}#${simulation.step}`;
  await deps.bus.publish([{ id, name, detail: { v: 1, simulationId } satisfies SimulationRequested }]);
};
