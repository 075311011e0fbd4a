import { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import type { PendingTrigger } from "../../records/customer.ts";
import type { DomainEvent, Timer } from "../../records/effects.ts";
import type { CustomerId } from "../../records/identity.ts";

type TimerRef = Pick<Timer, "id" | "due">;

/**
 * A timer this near, in milliseconds, may fire before the write that relies on it is there: whoever hears it would find
 * the earlier wait still standing. Longer than any attempt to write takes, clocks that differ included.
 */
const TOO_NEAR_MS = 120_000;

/** What a trigger's decision is asked for with. */
export type Fired = {
  readonly customerId: CustomerId;
  readonly trigger: string;
  readonly placement: string;
  readonly eventId: string;
  readonly eventAt: string;
  readonly depth: number;
  readonly timerId?: string;
};

/** Deterministic, so that who hears it twice notices. */
export const firedEvent = (fired: Fired): DomainEvent => {
  const id = hashId("trg", fired.eventId, fired.trigger);
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

/** Every timer that may be set for a wait: its own, and the one it was left to. */
export const timersOf = ({ timerId, due, armedBy }: PendingTrigger): readonly TimerRef[] => [
  { id: timerId, due },
  ...(armedBy === undefined ? [] : [armedBy]),
];

/**
 * The timer that can do for a wait which replaces another: it fires before the new wait ends, and whoever hears it sets
 * the new timer. So a wait that every page view starts again costs no writes until it may be over. Undefined where the
 * earlier wait has none that is far enough off: its own may have been set or not, or fire at any moment.
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

/** A timer that is only about to be set needs no wait to be left to it: the wait's own is set instead. */
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
