import type { Timer } from "#domain/records/effects.ts";
import { minuteOf } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { DueQueue, TimerRef, Timers, TimerTable } from "#ports/timers.ts";

const keyOf = ({ id, due }: TimerRef): string => `${due}#${id}`;

/** Where timers lie; shared by the twins of several processes. */
export type MemoryTimers = {
  readonly timers: Map<string, Timer>;
  /** Those that hold timers, or held some until a while ago. */
  readonly minutes: Set<string>;
  watermark: string | null;
};

export const memoryTimerItems = (): MemoryTimers => ({
  timers: new Map(),
  minutes: new Set(),
  watermark: null,
});

/** Timers in a map, both sides of them. `soonMs`: those due within it go to the due queue at once. */
export const memoryTimers = (
  options: { due: DueQueue; clock: Clock; soonMs: number },
  shared: MemoryTimers = memoryTimerItems(),
): Timers & TimerTable & { readonly all: () => readonly Timer[] } => {
  const { timers, minutes } = shared;
  const sorted = (): Timer[] => [...timers.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return {
    all: sorted,
    set: async (added) => {
      for (const timer of added) {
        timers.set(keyOf(timer), timer);
        minutes.add(minuteOf(Date.parse(timer.due)));
      }
      const soon = new Date(options.clock.now() + options.soonMs).toISOString();
      const direct = added.filter(({ due }) => due <= soon);
      if (direct.length > 0) await options.due.send(direct.map(({ id, due }) => ({ id, due })));
    },
    cancel: async (refs) => {
      for (const ref of refs) timers.delete(keyOf(ref));
    },
    buckets: async (last) =>
      [...minutes]
        .filter((minute) => minute <= last)
        .sort()
        .map((minute) => ({ minute, shard: 0 })),
    timersOf: async function* ({ minute }) {
      const found = sorted().filter(({ due }) => minuteOf(Date.parse(due)) === minute);
      if (found.length > 0) yield found.map(({ id, due }) => ({ id, due }));
    },
    forget: async ({ minute }) => {
      minutes.delete(minute);
    },
    watermark: async () => shared.watermark,
    advance: async (minute) => {
      if (shared.watermark === null || shared.watermark < minute) shared.watermark = minute;
    },
    get: async (ref) => timers.get(keyOf(ref)) ?? null,
    remove: async (ref) => {
      timers.delete(keyOf(ref));
    },
  };
};
