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
  /** By minute: how far it was handed over. */
  readonly handed: Map<string, TimerRef>;
  watermark: string | null;
};

export const memoryTimerItems = (): MemoryTimers => ({
  timers: new Map(),
  minutes: new Set(),
  handed: new Map(),
  watermark: null,
});

type Options = {
  readonly due: DueQueue;
  readonly clock: Clock;
  /** Those due within it go to the due queue at once. */
  readonly soonMs: number;
  /** Timers that come at once; default: all of a bucket. */
  readonly pageSize?: number;
};

/** Timers in a map, both sides of them. */
export const memoryTimers = (
  options: Options,
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
        .map((minute) => {
          const handed = shared.handed.get(minute);
          return { minute, shard: 0, ...(handed && { handed }) };
        }),
    timersOf: async function* ({ minute }, after) {
      const found = sorted()
        .filter(({ due }) => minuteOf(Date.parse(due)) === minute)
        .filter((timer) => after === undefined || keyOf(timer) > keyOf(after))
        .map(({ id, due }) => ({ id, due }));
      const size = options.pageSize ?? Math.max(1, found.length);
      for (let from = 0; from < found.length; from += size) yield found.slice(from, from + size);
    },
    mark: async ({ minute }, handed) => {
      if (minutes.has(minute)) shared.handed.set(minute, handed);
    },
    forget: async ({ minute }) => {
      minutes.delete(minute);
      shared.handed.delete(minute);
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
