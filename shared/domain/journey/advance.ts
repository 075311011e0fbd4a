import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import { holds } from "../customer/view.ts";
import { type CompiledJourney, type CompiledStep, STOP } from "../playbook/model/journeys.ts";
import type { CollectedEvent } from "../records/event.ts";
import type { JourneyAsk, JourneyRun } from "../records/journey.ts";
import { environmentOf, isoOf, type JourneyContext, type Moved, scopeOf } from "./context.ts";
import { type Edge, edgeFrom, usualTarget } from "./edges.ts";
import { stepIdOf } from "./ids.ts";

/** Steps that a run takes in one moment at most: the checks of a playbook leave no circle without a wait. */
const MOST_STEPS = 100;
/** Steps that a run remembers, and that it knows to follow its own. */
const PATH_LENGTH = 20;
const GOES_ON_LENGTH = 5;

/** How a run may end that no file names. */
export const ENDS = {
  finished: "finished",
  maxAge: "maxAge",
  removed: "journeyRemoved",
  changed: "journeyChanged",
  restarted: "restarted",
  merged: "merged",
  cancelled: "cancelled",
} as const;

/** What was said on the way and has not left yet does not leave any more. */
const RECALLING: ReadonlySet<string> = new Set([ENDS.restarted, ENDS.cancelled]);

/** The run, over. `at`: milliseconds since the epoch. `isExit`: a rule of the journey let it out. */
export const ended = (run: JourneyRun, as: string, at: number, isExit = false): JourneyRun => {
  const { due: _, pausedAt: __, met: ___, asked: ____, answer: _____, ...rest } = run;
  return {
    ...rest,
    ended: { at: isoOf(at), as, ...(RECALLING.has(as) || isExit ? { recalls: true as const } : {}) },
  };
};

/** Why an exit lets the run out now, or null. An event from before the entry says nothing of it. */
export const exitOf = (
  journey: CompiledJourney,
  run: Pick<JourneyRun, "entry">,
  context: JourneyContext,
): string | null => {
  const { event } = context;
  for (const { on, test, as } of journey.exit) {
    const isTold =
      on === undefined || (event?.name === on && event.id !== run.entry.id && event.at >= run.entry.at);
    if (!isTold) continue;
    const scope = scopeOf(context, run.entry, on === undefined ? undefined : event);
    if (test === undefined || holds(test, scope, environmentOf(context))) return as;
  }
  return null;
};

const chainFrom = (journey: CompiledJourney, from: string): readonly string[] => {
  const chain: string[] = [];
  let step = journey.steps.get(from);
  while (step !== undefined && chain.length < GOES_ON_LENGTH) {
    const next = usualTarget(step);
    if (chain.includes(next)) break;
    chain.push(next);
    step = journey.steps.get(next);
  }
  return chain;
};

/** The run at another step. `since`: milliseconds since the epoch. */
export const arrive = (
  run: JourneyRun,
  to: { readonly step: string; readonly since: number; readonly by?: JourneyRun["by"] },
  journey: CompiledJourney,
  context: JourneyContext,
): JourneyRun => {
  const { asked: _, answer: __, met: ___, due: ____, ...rest } = run;
  const since = isoOf(to.since);
  const { version } = context.playbook;
  return {
    ...rest,
    step: to.step,
    visit: run.visit + 1,
    since,
    by: to.by ?? run.by,
    goesOn: chainFrom(journey, to.step),
    path: [...run.path, { step: to.step, at: since, playbook: version }].slice(-PATH_LENGTH),
    playbook: version,
  };
};

/** A run whose step is gone goes on at the one that took its name, else at the first that followed it and is still there. */
const settled = (run: JourneyRun, journey: CompiledJourney, context: JourneyContext): JourneyRun => {
  if (journey.steps.has(run.step)) return run;
  const renamed = Object.hasOwn(journey.moved, run.step) ? journey.moved[run.step] : undefined;
  if (renamed !== undefined && journey.steps.has(renamed))
    return { ...run, step: renamed, goesOn: chainFrom(journey, renamed), playbook: context.playbook.version };
  if (renamed === STOP) return ended(run, ENDS.finished, context.now);
  const next = run.goesOn.find((name) => name === STOP || journey.steps.has(name));
  if (next === undefined) return ended(run, ENDS.changed, context.now);
  if (next === STOP) return ended(run, ENDS.finished, context.now);
  return arrive(run, { step: next, since: context.now }, journey, context);
};

const askOf = (step: Extract<CompiledStep, { kind: "decide" }>, run: JourneyRun): JourneyAsk => ({
  stepId: stepIdOf(run),
  runId: run.runId,
  entryId: run.entryId,
  journey: run.journey,
  placement: step.placement,
  skipsQuiet: step.skipsQuiet,
  isAwaited: step.next !== step.otherwise,
  about: run.by,
  depth: run.depth,
});

/** What a step does by itself to the customer, as an event that everything else hears of. */
const deedOf = (
  step: CompiledStep,
  run: JourneyRun,
  { state, now }: JourneyContext,
): CollectedEvent | null => {
  if (step.kind !== "set" && step.kind !== "emit") return null;
  const at = isoOf(now);
  const { standing } = run;
  const said: { readonly traits?: JsonObject; readonly properties?: JsonObject } =
    step.kind === "set" ? { traits: step.traits } : { properties: step.properties };
  return {
    id: hashId("evt", stepIdOf(run)),
    type: step.kind === "set" ? "identify" : "track",
    name: step.kind === "set" ? "identify" : step.event,
    customerId: state.customerId,
    ...said,
    at,
    receivedAt: at,
    source: `journey:${run.journey}`,
    imported: false,
    depth: run.depth + 1,
    ...(standing === undefined ? {} : { standing }),
  };
};

const afterEdge = (
  edge: Extract<Edge, { goes: "on" }>,
  run: JourneyRun,
  journey: CompiledJourney,
  context: JourneyContext,
): JourneyRun => {
  const chosen =
    edge.choice === undefined ? run : { ...run, choices: { ...run.choices, [run.step]: edge.choice } };
  if (edge.to === STOP || !journey.steps.has(edge.to)) return ended(chosen, ENDS.finished, context.now);
  const by = edge.by === undefined ? {} : { by: edge.by };
  return arrive(chosen, { step: edge.to, since: edge.since, ...by }, journey, context);
};

/** While it is kept still a run goes nowhere, but remembers that what it waited for came. */
const keptStill = (run: JourneyRun, journey: CompiledJourney, context: JourneyContext): JourneyRun => {
  const { due: _, ...still } = run;
  const step = journey.steps.get(run.step);
  if (step?.kind !== "waitFor") return still;
  const edge = edgeFrom(step, run, context, false);
  return edge.goes === "on" && edge.by !== undefined ? { ...still, met: edge.by } : still;
};

/**
 * Lets a run go on as far as it can now, by the playbook's present version of its journey: through all that takes no time,
 * to where it waits, or to its end. Pure: the same run in the same context moves the same way, and one that went as far as
 * it can stays as it is. `isFresh`: it only just came to its step.
 */
export const goOn = (from: JourneyRun, context: JourneyContext, isFresh = false): Moved => {
  const { playbook, now } = context;
  const journey = playbook.journeys.get(from.journey);
  if (from.ended !== undefined) return { run: from, asks: [], events: [] };
  if (journey === undefined) return { run: ended(from, ENDS.removed, now), asks: [], events: [] };
  const exit = exitOf(journey, from, context);
  if (exit !== null) return { run: ended(from, exit, now, true), asks: [], events: [] };
  const end = Date.parse(from.enteredAt) + journey.maxAgeMs;
  if (now >= end) return { run: ended(from, ENDS.maxAge, now), asks: [], events: [] };
  if (from.heldOut === true) return { run: { ...from, due: isoOf(end) }, asks: [], events: [] };
  if (from.pausedAt !== undefined || context.still.has(from.journey))
    return { run: keptStill(from, journey, context), asks: [], events: [] };

  let run = settled(from, journey, context);
  let fresh = isFresh || run.visit !== from.visit;
  const asks: JourneyAsk[] = [];
  for (let count = 0; count < MOST_STEPS && run.ended === undefined; count += 1) {
    const step = journey.steps.get(run.step);
    if (step === undefined) break;
    const edge = edgeFrom(step, run, context, fresh);
    const asksNow = edge.goes === "nowhere" && edge.asks === true;
    if (step.kind === "decide" && (asksNow || step.next === step.otherwise)) asks.push(askOf(step, run));
    if (edge.goes === "out") return { run: ended(run, edge.as, now), asks, events: [] };
    if (edge.goes === "nowhere") {
      const asked = asksNow ? { asked: (run.asked ?? 0) + 1 } : {};
      return { run: { ...run, ...asked, due: isoOf(Math.min(edge.due, end)) }, asks, events: [] };
    }
    const deed = deedOf(step, run, context);
    run = afterEdge(edge, run, journey, context);
    fresh = true;
    if (deed !== null) return { run, asks, events: [deed] };
  }
  return { run, asks, events: [] };
};
