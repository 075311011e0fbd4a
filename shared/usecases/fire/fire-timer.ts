import { dueEvent } from "#domain/journey/effects.ts";
import type { Clock } from "#ports/clock.ts";
import type { EventBus } from "#ports/event-bus.ts";
import type { Inbox } from "#ports/inbox.ts";
import type { DueQueue, TimerRef, TimerTable } from "#ports/timers.ts";

export type FireDependencies = {
  readonly table: Pick<TimerTable, "get" | "remove">;
  readonly due: DueQueue;
  readonly bus: EventBus;
  readonly inbox: Inbox;
  readonly clock: Clock;
};

/**
 * Lets a timer fire: its event goes on the bus, that of a journey's run into the inbox, then the timer is removed. A timer that is no longer there was
 * cancelled or has fired. After a crash in between it fires again, with the same event: whoever hears it notices.
 */
export const fire = async (deps: FireDependencies, ref: TimerRef): Promise<"fired" | "early" | "gone"> => {
  if (Date.parse(ref.due) > deps.clock.now()) {
    await deps.due.send([ref]);
    return "early";
  }
  const timer = await deps.table.get(ref);
  if (timer === null) return "gone";
  const told = dueEvent(timer.event, new Date(deps.clock.now()).toISOString());
  if (told === null) await deps.bus.publish([timer.event]);
  else await deps.inbox.send([told]);
  await deps.table.remove(ref);
  return "fired";
};
