import { journeyEvent } from "#domain/journey/effects.ts";
import { possibleIds } from "#domain/journey/enter.ts";
import type { CompiledPlaybook } from "#domain/playbook/model/compiled.ts";
import { type CompiledJourney, HOLDOUT, STOP } from "#domain/playbook/model/journeys.ts";
import type { CustomerRecord } from "#domain/records/customer.ts";
import type { JourneyCommandName, JourneyRun } from "#domain/records/journey.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import { RapportError, wrongField } from "#kernel/errors.ts";
import type { JsonObject } from "#kernel/json.ts";
import { expectedOneOf } from "#kernel/suggest.ts";
import type { Clock, Ids } from "#ports/clock.ts";
import type { CustomerStore } from "#ports/customer-store.ts";
import type { Inbox } from "#ports/inbox.ts";
import type { RunCare, RunLists, RunStore } from "#ports/run-store.ts";
import { readRef } from "#runtime/http/customer-ref.ts";
import type { Answer, Call, Handlers } from "#runtime/http/operation.ts";
import type { operations } from "./operations.ts";
import { shownJourney, shownRun } from "./shown.ts";

export type JourneyDependencies = {
  readonly runs: RunStore;
  readonly lists: RunLists;
  readonly care: Pick<RunCare, "keepStill" | "letGo">;
  readonly customers: Pick<CustomerStore, "find">;
  readonly inbox: Inbox;
  readonly playbook: () => Promise<CompiledPlaybook>;
  readonly clock: Clock;
  readonly ids: Ids;
};
type Calls = typeof operations;

const journeyIn = ({ journeys }: CompiledPlaybook, name: string): CompiledJourney => {
  const journey = journeys.get(name);
  if (journey === undefined) throw new RapportError("not_found", "the live playbook has no such journey");
  return journey;
};

const customerOf = async (
  { customers }: JourneyDependencies,
  playbook: CompiledPlaybook,
  given: string,
): Promise<CustomerRecord> => {
  const ref = readRef(given, playbook, "customer");
  const record = ref === null ? null : await customers.find(ref);
  if (record === null) throw new RapportError("not_found", "there is no such customer");
  return record;
};

const listJourneys = async (deps: JourneyDependencies): Promise<Answer<Calls["listJourneys"]>> => {
  const [{ journeys }, still] = await Promise.all([deps.playbook(), deps.runs.still()]);
  const items = await Promise.all(
    [...journeys.values()].map((journey) => shownJourney(deps.lists, journey, still.has(journey.name))),
  );
  return { status: 200, json: { items, cursor: null } };
};

/** Where a run stands in a list: since when it is at its step, and its id. */
const placeOf = ({ since, runId }: JourneyRun): string => `${since}#${runId}`;
const PLACE = /^\d{4}-[^#]+#run_\w+$/;

/** Of one customer there are so few that a page is cut from all. */
const runsOfCustomer = async (
  deps: JourneyDependencies,
  journey: CompiledJourney,
  { state }: CustomerRecord,
): Promise<readonly JourneyRun[]> => {
  const ids = (state.runs?.live ?? []).filter((run) => run.journey === journey.name).map(({ id }) => id);
  const runs = ids.length === 0 ? [] : await deps.runs.get(ids);
  return runs.filter(({ ended }) => ended === undefined);
};

const listRuns = async (
  deps: JourneyDependencies,
  { params, query }: Call<Calls["listRuns"]>,
): Promise<Answer<Calls["listRuns"]>> => {
  const { limit, cursor, step, customer } = query;
  const before = cursor === undefined ? null : fromCursor(cursor, PLACE);
  const playbook = await deps.playbook();
  const journey = journeyIn(playbook, params.name);
  const names = step === undefined ? [...journey.steps.keys(), HOLDOUT] : [step];
  const record = customer === undefined ? null : await customerOf(deps, playbook, customer);
  const from = cursor === undefined ? {} : { cursor };
  const found =
    record === null
      ? (
          await Promise.all(names.map((one) => deps.lists.atStep(journey.name, one, { limit, ...from })))
        ).flatMap((page) => (page.cursor === null ? page.runs : [...page.runs]))
      : await runsOfCustomer(deps, journey, record);
  const runs = found
    .filter((run) => names.includes(run.step) && (before === null || placeOf(run) < before))
    .toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
  const page = runs.slice(0, limit);
  const last = page.at(-1);
  // A full page of a step may hide more of it behind.
  const isMore = last !== undefined && (runs.length > limit || page.length === limit);
  return {
    status: 200,
    json: {
      items: page.map((run) => shownRun(run, record?.state.customerId)),
      cursor: isMore ? toCursor(placeOf(last)) : null,
    },
  };
};

const startRun = async (
  deps: JourneyDependencies,
  { params, body }: Call<Calls["startRun"]>,
): Promise<Answer<Calls["startRun"]>> => {
  const playbook = await deps.playbook();
  const journey = journeyIn(playbook, params.name);
  const { state } = await customerOf(deps, playbook, body.customer);
  const { key = "" } = body;
  const at = new Date(deps.clock.now()).toISOString();
  const id = deps.ids.id("evt");
  const event = { id, name: "journey.enter", at, properties: {}, depth: 0 };
  const ids = possibleIds({ journey, key, event }, state.customerId, state.runs?.homes ?? []);
  const [known] = await deps.runs.get(ids);
  const { customerId } = state;
  await deps.inbox.send([
    journeyEvent("journey.enter", { id, customerId, at }, { journey: journey.name, key }),
  ]);
  const runId = known?.runId ?? ids[0] ?? "";
  return {
    status: 202,
    json: { runId },
    changed: { target: runId, after: { journey: journey.name, customerId } },
  };
};

type ToldRun = {
  readonly status: 202;
  readonly json: { readonly runId: string };
  readonly changed: { readonly before: JsonObject; readonly after: JsonObject };
};

/** Where a run is when it is told something: it is moved by whoever applies the event. */
const standingOf = ({ journey, step, pausedAt }: JourneyRun): JsonObject => ({
  journey,
  step,
  paused: pausedAt !== undefined,
});

/** Tells a run that lives; of any other there is nothing to tell. */
const tell = async (
  deps: JourneyDependencies,
  { name, runId }: { readonly name: string; readonly runId: string },
  command: JourneyCommandName,
  more: { readonly step?: string } = {},
): Promise<ToldRun> => {
  const [run] = await deps.runs.get([runId]);
  if (run === undefined || run.journey !== name || run.ended !== undefined)
    throw new RapportError("not_found", "no such run of this journey lives");
  const at = new Date(deps.clock.now()).toISOString();
  const id = deps.ids.id("evt");
  await deps.inbox.send([journeyEvent(command, { id, customerId: run.home, at }, { runId, ...more })]);
  const asked = { command: command.replace("journey.", ""), ...more };
  return { status: 202, json: { runId }, changed: { before: standingOf(run), after: asked } };
};

const moveRun = async (
  deps: JourneyDependencies,
  { params, body }: Call<Calls["moveRun"]>,
): Promise<Answer<Calls["moveRun"]>> => {
  const journey = journeyIn(await deps.playbook(), params.name);
  const known = [...journey.steps.keys(), STOP];
  if (!known.includes(body.step)) throw wrongField("step", expectedOneOf(body.step, known), "another name");
  return tell(deps, params, "journey.move", { step: body.step });
};

const keep = async (deps: JourneyDependencies, name: string, still: boolean) => {
  const { name: journey } = journeyIn(await deps.playbook(), name);
  const at = new Date(deps.clock.now()).toISOString();
  const before = (await deps.runs.still()).has(journey);
  await (still ? deps.care.keepStill(journey, at) : deps.care.letGo(journey, at));
  return {
    status: 200,
    json: { journey, still },
    changed: { before: { still: before }, after: { still } },
  } as const;
};

/** What answers the calls of operations.ts. */
export const journeyCalls = (deps: JourneyDependencies): Handlers<Calls> => ({
  listJourneys: () => listJourneys(deps),
  showJourney: async ({ params }) => {
    const [playbook, still] = await Promise.all([deps.playbook(), deps.runs.still()]);
    const journey = journeyIn(playbook, params.name);
    return { status: 200, json: await shownJourney(deps.lists, journey, still.has(journey.name)) };
  },
  listRuns: (call) => listRuns(deps, call),
  startRun: (call) => startRun(deps, call),
  pauseRun: ({ params }) => tell(deps, params, "journey.pause"),
  resumeRun: ({ params }) => tell(deps, params, "journey.resume"),
  cancelRun: ({ params }) => tell(deps, params, "journey.cancel"),
  moveRun: (call) => moveRun(deps, call),
  pauseJourney: ({ params }) => keep(deps, params.name, true),
  resumeJourney: ({ params }) => keep(deps, params.name, false),
});
