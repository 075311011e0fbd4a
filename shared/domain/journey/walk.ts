import type { CollectedEvent, Standing } from "../records/event.ts";
import type { JourneyAsk, JourneyCount, JourneyRun, RunsHint } from "../records/journey.ts";
import { ENDS, ended, goOn } from "./advance.ts";
import type { Command } from "./command.ts";
import { commanded } from "./command.ts";
import type { JourneyContext, JourneyEvent } from "./context.ts";
import { admit, type Entering, enteringBy, possibleIds } from "./enter.ts";
import { slotIn } from "./ids.ts";

/** What happened to a customer, as their runs hear of it. */
export type Happening = {
  readonly event?: JourneyEvent;
  readonly standing?: Standing;
  readonly command?: Command;
  /** Runs that stopped for what they themselves did, and now go on. */
  readonly continuing?: readonly string[];
};

/** Runs as they were read; null: there is none of that id. */
export type KnownRuns = ReadonlyMap<string, JourneyRun | null>;

/** What became of a customer's runs. */
export type Walked = {
  /** Ids of runs that must be read first: nothing else was done. */
  readonly wants: readonly string[];
  /** Those that changed, before and after; null: it is new. */
  readonly changed: readonly { readonly before: JourneyRun | null; readonly after: JourneyRun }[];
  readonly asks: readonly JourneyAsk[];
  /** What runs did to their customer: to be applied, then those that did it go on. */
  readonly deeds: readonly { readonly event: CollectedEvent; readonly runId: string }[];
  readonly counts: readonly JourneyCount[];
};

/** Nobody went anywhere. */
export const NOTHING: Walked = { wants: [], changed: [], asks: [], deeds: [], counts: [] };
const NO_RUNS: RunsHint = { live: [], left: {}, homes: [] };

/** Ids of runs that two people who became one have twice: one of each two ends. */
const doubled = ({ live }: RunsHint): readonly string[] => {
  const bySlot = Map.groupBy(live, ({ id }) => slotIn(id));
  return [...bySlot.values()].flatMap((same) => (same.length > 1 ? same.map(({ id }) => id) : []));
};

/** Whether what happened may move a run, as far as the customer's state tells. */
const concerns = (
  { journey: name, step: at }: RunsHint["live"][number],
  event: JourneyEvent | undefined,
  { playbook }: JourneyContext,
): boolean => {
  const journey = playbook.journeys.get(name);
  if (journey === undefined) return true;
  if (journey.exit.some(({ on }) => on === undefined || on === event?.name)) return true;
  const step = journey.steps.get(at);
  return step?.kind === "waitFor" && step.event === event?.name;
};

const concerned = (hint: RunsHint, happening: Happening, context: JourneyContext): readonly string[] => {
  const { event, command, continuing = [] } = happening;
  const told = command?.runId === undefined ? [] : [command.runId];
  const heard =
    event === undefined ? [] : hint.live.filter((run) => concerns(run, event, context)).map(({ id }) => id);
  const live = new Set(hint.live.map(({ id }) => id));
  return [...new Set([...doubled(hint), ...told, ...continuing, ...heard])].filter((id) => live.has(id));
};

/** The one that came further stays; on a tie the one that came in first, then the lesser id. */
const further = (a: JourneyRun, b: JourneyRun): number =>
  b.visit - a.visit ||
  (a.enteredAt < b.enteredAt ? -1 : a.enteredAt > b.enteredAt ? 1 : 0) ||
  (a.runId < b.runId ? -1 : 1);

/** Of two runs with one key, which a merge brought together, one ends. */
const united = (runs: readonly JourneyRun[], now: number): ReadonlyMap<string, JourneyRun> =>
  new Map(
    [...Map.groupBy(runs, ({ runId }) => slotIn(runId)).values()].flatMap((same) =>
      same
        .toSorted(further)
        .slice(1)
        .map((run) => [run.runId, ended(run, ENDS.merged, now)] as const),
    ),
  );

const countsOf = (before: JourneyRun | null, after: JourneyRun): readonly JourneyCount[] => {
  const of = { journey: after.journey, runId: after.runId, heldOut: after.heldOut === true };
  const isNew = before === null || before.entryId !== after.entryId;
  return [
    ...(isNew ? [{ ...of, what: "entered" }] : []),
    ...(after.ended === undefined ? [] : [{ ...of, what: after.ended.as }]),
  ];
};

/** Lets runs go on one after the other, and notes what came of it. */
const walker = (context: JourneyContext, hint: RunsHint) => {
  const changed = new Map<string, { before: JourneyRun | null; after: JourneyRun }>();
  const asks: JourneyAsk[] = [];
  const deeds: { event: CollectedEvent; runId: string }[] = [];
  const counts: JourneyCount[] = [];
  const live = new Set(hint.live.map(({ id }) => id));
  const note = (before: JourneyRun | null, after: JourneyRun): void => {
    if (before === after || JSON.stringify(before) === JSON.stringify(after)) return;
    changed.set(after.runId, { before: changed.get(after.runId)?.before ?? before, after });
    counts.push(...countsOf(before, after));
    if (after.ended === undefined) live.add(after.runId);
    else live.delete(after.runId);
  };
  return {
    note,
    live: () => live.size,
    current: (runId: string): JourneyRun | undefined => changed.get(runId)?.after,
    go: (before: JourneyRun | null, from: JourneyRun, isFresh = false): void => {
      const moved = goOn(from, context, isFresh);
      asks.push(...moved.asks);
      deeds.push(...moved.events.map((event) => ({ event, runId: from.runId })));
      note(before, moved.run);
    },
    result: (): Walked => ({ wants: [], changed: [...changed.values()], asks, deeds, counts }),
  };
};
type Walker = ReturnType<typeof walker>;

const enter = (
  entering: Entering,
  {
    walk,
    known,
    homes,
    context,
  }: {
    readonly walk: Walker;
    readonly known: KnownRuns;
    readonly homes: RunsHint["homes"];
    readonly context: JourneyContext;
  },
): void => {
  const ids = possibleIds(entering, context.state.customerId, homes);
  const earlier = ids.flatMap((id) => walk.current(id) ?? known.get(id) ?? []);
  const admitted = admit(entering, earlier, { context, live: walk.live() });
  if (admitted === null) return;
  const { run, replaces } = admitted;
  if (replaces !== undefined) walk.note(replaces, ended(replaces, ENDS.restarted, context.now));
  walk.go(replaces === undefined ? null : ended(replaces, ENDS.restarted, context.now), run, true);
};

/**
 * Lets a customer's runs hear what happened: who leaves, goes on, comes in. Pure. Where runs that it may concern were not
 * read yet it says which, and does nothing; a customer without runs whom nothing leads in needs none read.
 */
export const walkRuns = (happening: Happening, known: KnownRuns, context: JourneyContext): Walked => {
  const hint = context.state.runs ?? NO_RUNS;
  const { event, standing, command } = happening;
  const ids = concerned(hint, happening, context);
  const atDoor = [
    ...(event === undefined ? [] : enteringBy(event, standing, context)),
    ...(command?.entering === undefined ? [] : [command.entering]),
  ];
  if (ids.length === 0 && atDoor.length === 0) return NOTHING;
  const { homes } = hint;
  const asked = atDoor.flatMap((one) =>
    homes.length === 0 ? [] : possibleIds(one, context.state.customerId, homes),
  );
  const wants = [...new Set([...ids, ...asked])].filter((id) => !known.has(id));
  if (wants.length > 0) return { ...NOTHING, wants };

  const about = event === undefined ? context : { ...context, event };
  const walk = walker(about, hint);
  const runs = ids.flatMap((id) => known.get(id) ?? []).filter((run) => run.ended === undefined);
  const over = united(runs, context.now);
  for (const run of runs) {
    const merged = over.get(run.runId);
    if (merged !== undefined) walk.note(run, merged);
    else if (command?.runId === run.runId) walk.go(run, commanded(run, command, about), command.isFresh);
    else walk.go(run, run, happening.continuing?.includes(run.runId));
  }
  for (const one of atDoor) enter(one, { walk, known, homes, context: about });
  return walk.result();
};
