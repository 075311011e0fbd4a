import type { JourneyRun } from "#domain/records/journey.ts";
import { fromCursor, toCursor } from "#kernel/cursor.ts";
import type { RunCare, RunLists, RunStore } from "#ports/run-store.ts";

/** Where runs and what is counted of journeys lie; shared with the twin that writes them. */
export type MemoryRuns = {
  readonly runs: Map<string, JourneyRun>;
  /** `<journey>#<walk or held>#<what>` -> how often. */
  readonly runCounts: Map<string, number>;
  readonly still: Set<string>;
  readonly resuming: Set<string>;
};

export const memoryRuns = (): MemoryRuns => ({
  runs: new Map(),
  runCounts: new Map(),
  still: new Set(),
  resuming: new Set(),
});

const placeOf = ({ since, runId }: JourneyRun): string => `${since}#${runId}`;

/** Runs in a map, with all that is asked of them. */
export const memoryRunStore = (shared: MemoryRuns): RunStore & RunLists & RunCare => {
  const live = (): readonly JourneyRun[] =>
    [...shared.runs.values()].filter(({ ended }) => ended === undefined);
  const at = (journey: string, step: string): readonly JourneyRun[] =>
    live()
      .filter((run) => run.journey === journey && run.step === step)
      .toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1));
  return {
    get: async (runIds) => runIds.flatMap((id) => shared.runs.get(id) ?? []),
    still: async () => new Set(shared.still),
    atStep: async (journey, step, { limit, cursor }) => {
      const before = cursor === undefined ? null : fromCursor(cursor, /#run_/);
      const runs = at(journey, step).filter((run) => before === null || placeOf(run) < before);
      const last = runs[limit - 1];
      const isMore = runs.length > limit && last !== undefined;
      return { runs: runs.slice(0, limit), cursor: isMore ? toCursor(placeOf(last)) : null };
    },
    countStep: async (journey, step) => {
      const runs = at(journey, step);
      return { inside: runs.length, oldest: runs.at(-1)?.since ?? null };
    },
    counts: async (journey) => {
      const of = (group: string) =>
        Object.fromEntries(
          [...shared.runCounts].flatMap(([name, count]) => {
            const head = `${journey}#${group}#`;
            return name.startsWith(head) ? [[name.slice(head.length), count] as const] : [];
          }),
        );
      return { walking: of("walk"), heldOut: of("held") };
    },
    keepStill: async (journey) => {
      shared.still.add(journey);
      shared.resuming.delete(journey);
    },
    letGo: async (journey) => {
      shared.still.delete(journey);
      shared.resuming.add(journey);
    },
    resuming: async () => [...shared.resuming],
    forget: async (journey) => {
      shared.resuming.delete(journey);
    },
    overdue: async (before) =>
      live()
        .filter(({ due }) => due !== undefined && due <= before)
        .toSorted((a, b) => ((a.due ?? "") < (b.due ?? "") ? -1 : 1))
        .slice(0, 100),
    parked: async (journey, limit) =>
      live()
        .filter((run) => run.journey === journey && run.due === undefined && run.pausedAt === undefined)
        .slice(0, limit),
  };
};
