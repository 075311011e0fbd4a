import { DAY_MS, laterOf } from "#kernel/time.ts";
import type { JourneyRun, RunsHint } from "../records/journey.ts";
import { isoOf } from "./context.ts";

/** A message is stale after a day, and quiet hours may put it off by another. */
const LEFT_FOR_MS = 3 * DAY_MS;
const MOST_LEFT = 50;

const NO_RUNS: RunsHint = { live: [], left: {}, homes: [] };

const lately = (left: RunsHint["left"], now: number): RunsHint["left"] => {
  const since = isoOf(now - LEFT_FOR_MS);
  const kept = Object.entries(left).filter(([, at]) => at > since);
  return Object.fromEntries(kept.sort(([, a], [, b]) => (a > b ? -1 : 1)).slice(0, MOST_LEFT));
};

/** What a state says of its runs once some of them changed. `now`: milliseconds since the epoch. */
export const hintAfter = (
  hint: RunsHint = NO_RUNS,
  changed: readonly { readonly before: JourneyRun | null; readonly after: JourneyRun }[],
  now: number,
): RunsHint => {
  const live = new Map(hint.live.map((run) => [run.id, run]));
  const left = { ...hint.left };
  const homes = new Set(hint.homes);
  const leave = (entryId: string): void => {
    left[entryId] = isoOf(now);
  };
  for (const { before, after } of changed) {
    homes.add(after.home);
    if (before !== null && before.entryId !== after.entryId && before.ended === undefined)
      leave(before.entryId);
    if (after.ended?.recalls === true) leave(after.entryId);
    if (after.ended !== undefined) live.delete(after.runId);
    else live.set(after.runId, { id: after.runId, journey: after.journey, step: after.step });
  }
  return { live: [...live.values()], left: lately(left, now), homes: [...homes].sort() };
};

/** The runs of two people who are one: which of two with one key stays is seen when they are read. */
export const mergeRuns = (
  a: { readonly runs?: RunsHint },
  b: { readonly runs?: RunsHint },
): { readonly runs?: RunsHint } => {
  if (a.runs === undefined && b.runs === undefined) return {};
  const [one, other] = [a.runs ?? NO_RUNS, b.runs ?? NO_RUNS];
  const live = new Map([...one.live, ...other.live].map((run) => [run.id, run]));
  const left = new Map(Object.entries(one.left));
  for (const [entry, at] of Object.entries(other.left)) left.set(entry, laterOf(left.get(entry) ?? "", at));
  return {
    runs: {
      live: [...live.values()].sort((x, y) => (x.id < y.id ? -1 : 1)),
      left: Object.fromEntries([...left].sort(([x], [y]) => (x < y ? -1 : 1))),
      homes: [...new Set([...one.homes, ...other.homes])].sort(),
    },
  };
};
