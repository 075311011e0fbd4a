import { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import type { PendingTrigger } from "../../records/customer.ts";
import type { DomainEvent, Timer } from "../../records/effects.ts";
import type { CustomerId } from "../../records/identity.ts";

type TimerRef = Pick<Timer, "id" | "due">;

/**
 * A timer due within so many milliseconds is not reused: it may fire before the new wait is written, and find the earlier
 * one still there. Longer than any attempt to write takes, differing clocks included.
 */
export const TOO_NEAR_MS = 120_000;

/** What is published when a trigger fires. */
export type Fired = {
  readonly customerId: CustomerId;
  readonly trigger: string;
  readonly placement: string;
  readonly eventId: string;
  readonly eventAt: string;
  readonly depth: number;
  readonly timerId?: string;
  readonly channel?: string;
  readonly keyword?: "stop" | "start" | "help";
};

/** Its id is deterministic, so that a subscriber notices an event that comes twice. */
export const firedEvent = (fired: Fired): DomainEvent => {
  const { channel } = fired;
  const id = hashId("trg", fired.eventId, fired.trigger, ...(channel === undefined ? [] : [channel]));
  return { id, name: TriggerFired.name, detail: { v: 1, id, ...fired } };
};

/** The timer of a wait, to be set. `placement`: the trigger's. */
export const timerOf = (customerId: CustomerId, pending: PendingTrigger, placement: string): Timer => {
  const { trigger, timerId, due, eventId, eventAt, depth = 0 } = pending;
  return {
    id: timerId,
    due,
    event: firedEvent({ customerId, trigger, placement, eventId, eventAt, depth, timerId }),
  };
};

/** Every timer that may be set for a wait: its own, and the reused one. */
export const timersOf = ({ timerId, due, armedBy }: PendingTrigger): readonly TimerRef[] => [
  { id: timerId, due },
  ...(armedBy === undefined ? [] : [armedBy]),
];

/**
 * The earlier wait's timer, if a wait that replaces it can reuse it: it fires before the new wait ends, and its handler
 * then sets the new timer. So a wait that every page view restarts costs no writes until it may be over. Undefined where
 * the earlier timer is too near: it may fire at any moment.
 */
export const timerToReuse = (
  earlier: PendingTrigger | undefined,
  due: string,
  now: number,
): TimerRef | undefined => {
  if (earlier === undefined) return undefined;
  const set = earlier.armedBy ?? { id: earlier.timerId, due: earlier.due };
  return set.due <= due && Date.parse(set.due) > now + TOO_NEAR_MS ? set : undefined;
};

type Waits = { readonly timers: readonly Timer[]; readonly pending: readonly PendingTrigger[] };

/** Where the reused timer itself is only about to be set, the wait's own timer is set instead. */
export const setDirectly = (customerId: CustomerId, { timers, pending }: Waits): Waits => {
  const carried = new Map(pending.map((wait) => [wait.armedBy?.id, wait] as const));
  const own = new Set(timers.map(({ id }) => id));
  return {
    timers: timers.map((timer) => {
      const wait = carried.get(timer.id);
      return wait === undefined ? timer : timerOf(customerId, wait, String(timer.event.detail.placement));
    }),
    pending: pending.map((wait) => {
      const { armedBy, ...direct } = wait;
      return armedBy !== undefined && own.has(armedBy.id) ? direct : wait;
    }),
  };
};
