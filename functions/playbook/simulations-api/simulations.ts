import { newSimulation, progressOf, type Simulation } from "#domain/simulation/job.ts";
import { reportOf } from "#domain/simulation/report.ts";
import { SimulationRequested } from "#events/simulation-requested.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import { DAY_MS } from "#kernel/time.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { CompiledVersions, PlaybookStore } from "#ports/playbook-store.ts";
import type { SimulationStore } from "#ports/simulation-store.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import { checkNames } from "./check-names.ts";
import type { operations, SimulationRequest } from "./operations.ts";

export type SimulationsDependencies = {
  readonly simulations: SimulationStore;
  readonly store: Pick<PlaybookStore, "document" | "current">;
  readonly playbooks: Pick<CompiledVersions, "get">;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly ids: Ids;
};
type Calls = typeof operations;

const DEFAULT_DAYS = 7;

const sourceOf = (request: SimulationRequest, now: number): Simulation["source"] => {
  const { profiles, placements = [], placement } = request;
  if (profiles !== undefined) return { kind: "profiles", count: profiles.length, placements };
  const to = new Date(request.to ?? now).toISOString();
  const from = new Date(request.from ?? Date.parse(to) - DEFAULT_DAYS * DAY_MS).toISOString();
  if (from < to) return { kind: "log", from, to, ...(placement === undefined ? {} : { placement }) };
  throw wrongField("from", "a time before `to`", "a later one");
};

const goalOf = ({ goal }: SimulationRequest): Pick<Simulation, "goal"> => {
  if (goal === undefined) return {};
  const { outcome, days = DEFAULT_DAYS, value = false } = goal;
  return { goal: { outcome, value, withinMs: days * DAY_MS } };
};

const start = async (
  deps: SimulationsDependencies,
  { body, params }: Call<Calls["simulate"]>,
): Promise<Answer<Calls["simulate"]>> => {
  const current = await deps.store.current();
  const version = params.version === "current" ? current : params.version;
  if (version === null || current === null || (await deps.store.document(version)) === null) {
    throw new RapportError("not_found", "there is no such playbook version");
  }
  const [live, tried] = await Promise.all([deps.playbooks.get(current), deps.playbooks.get(version)]);
  checkNames(body, live, tried);
  const now = deps.clock.now();
  const simulationId = deps.ids.id("sim");
  const asked = { simulationId, version, live: current, source: sourceOf(body, now), ...goalOf(body) };
  await deps.simulations.create(newSimulation(asked, new Date(now).toISOString()), body.profiles ?? []);
  const { name } = SimulationRequested;
  await deps.bus.publish([
    { id: simulationId, name, detail: { v: 1, simulationId } satisfies SimulationRequested },
  ]);
  return { status: 202, json: { simulationId }, changed: { after: { simulationId } } };
};

const show = async (
  { simulations }: SimulationsDependencies,
  { params }: Call<Calls["showSimulation"]>,
): Promise<Answer<Calls["showSimulation"]>> => {
  const simulation = await simulations.get(params.id);
  if (simulation === null) throw new RapportError("not_found", "there is no simulation of that id");
  const { simulationId, version, live, status, reason, createdAt, updatedAt, tally } = simulation;
  return {
    status: 200,
    json: {
      simulationId,
      version,
      live,
      status,
      ...(reason === undefined ? {} : { reason }),
      progress: {
        share: progressOf(simulation),
        decisions: tally.decisions,
        bytes: simulation.bytes,
        steps: simulation.step,
      },
      createdAt,
      updatedAt,
      report: reportOf(tally),
    },
  };
};

/** What answers the calls of operations.ts. */
export const simulationCalls = (deps: SimulationsDependencies): Handlers<Calls> => ({
  simulate: (call) => start(deps, call),
  showSimulation: (call) => show(deps, call),
});
