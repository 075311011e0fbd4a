import type { DomainEvent, Timer } from "#domain/records/effects.ts";
import type { CollectedEvent } from "#domain/records/event.ts";
import type { RehearsalDependencies } from "./dependencies.ts";

/** Timers in the order in which they fire. */
export const timerKey = ({ id, due }: Pick<Timer, "id" | "due">): string => `${due}#${id}`;

/** What waits to be delivered, and when it is. */
export const createWays = (start: number) => {
  const timers = new Map<string, Timer>();
  const waiting: ({ readonly events: readonly CollectedEvent[] } | { readonly told: DomainEvent })[] = [];
  let now = start;
  return {
    timers,
    waiting,
    clock: { now: () => now },
    turnTo: (time: number): void => {
      now = Math.max(now, time);
    },
    /** The next timer that is due by then. */
    nextTimer: (until: number): Timer | undefined => {
      let next: Timer | undefined;
      for (const timer of timers.values())
        if (Date.parse(timer.due) <= until && (next === undefined || timerKey(timer) < timerKey(next)))
          next = timer;
      return next;
    },
  };
};
export type Ways = ReturnType<typeof createWays>;

/** What leaves a use case comes back by `ways`; nothing is logged, counted or learnt. */
export const portsOut = ({ timers, waiting, clock }: Ways, dataKey: RehearsalDependencies["dataKey"]) => {
  let made = 0;
  return {
    clock,
    ids: {
      id: (prefix: string): string => {
        made += 1;
        return `${prefix}_${String(made).padStart(26, "0")}`;
      },
    },
    timers: {
      set: async (all: readonly Timer[]) => {
        for (const timer of all) timers.set(timerKey(timer), timer);
      },
      cancel: async (all: readonly Pick<Timer, "id" | "due">[]) => {
        for (const timer of all) timers.delete(timerKey(timer));
      },
    },
    inbox: {
      send: async (events: readonly CollectedEvent[]) => {
        waiting.push({ events });
      },
    },
    bus: {
      publish: async (events: readonly DomainEvent[]) => {
        for (const told of events) waiting.push({ told });
      },
    },
    log: { write: async () => {} },
    telemetry: { log: { info: () => {}, warn: () => {}, error: () => {} }, count: () => {} },
    newDataKey: () => dataKey,
    pause: async () => {},
  };
};
