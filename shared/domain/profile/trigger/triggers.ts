import type { FeelContext, FeelValue } from "#feel/index.ts";
import { hashId } from "#kernel/hash.ts";
import type { JsonObject } from "#kernel/json.ts";
import { environmentAt, eventView, feelBrand, feelNow, holds } from "../../customer/view.ts";
import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { CustomerState, PendingTrigger } from "../../records/customer.ts";
import type { DomainEvent, Timer } from "../../records/effects.ts";
import { MAX_DEPTH } from "../../records/event.ts";
import { isCalledOff, noteSeen, settlePending } from "./pending.ts";
import { firedEvent, timerOf, timerToReuse } from "./waits.ts";

export type TriggeringEvent = {
  readonly id: string;
  readonly name: string;
  readonly at: string;
  readonly properties: JsonObject;
  readonly imported: boolean;
  readonly depth: number;
};
/** By which version of the playbook an event is applied, and when. */
export type Applying = {
  readonly playbook: CompiledPlaybook;
  /** Milliseconds since the epoch. */
  readonly now: number;
};
type Trigger = CompiledPlaybook["triggers"][number];
export type SkipReason = "import" | "age" | "depth";
export type Firing = {
  readonly pending: CustomerState["pending"];
  readonly publish: readonly DomainEvent[];
  readonly timers: readonly Timer[];
  readonly cancel: readonly Pick<Timer, "id" | "due">[];
  readonly fired: number;
  readonly skipped: readonly SkipReason[];
};

/** Why the event triggers nothing (invariant 9), or null. `now`: milliseconds since the epoch. */
export const skipReason = (
  { maxAgeMs }: Pick<Trigger, "maxAgeMs">,
  event: TriggeringEvent,
  now: number,
): SkipReason | null => {
  if (event.imported) return "import";
  if (event.depth > MAX_DEPTH) return "depth";
  return now - Date.parse(event.at) > maxAgeMs ? "age" : null;
};

const firedBy = (state: CustomerState, trigger: Trigger, event: TriggeringEvent) => ({
  customerId: state.customerId,
  trigger: trigger.name,
  placement: trigger.placement,
  eventId: event.id,
  eventAt: event.at,
  depth: event.depth,
});

/** The wait that a trigger with `after` begins, counted from the event's own time. */
const waitFor = (trigger: Trigger, event: TriggeringEvent, afterMs: number): PendingTrigger => ({
  trigger: trigger.name,
  timerId: hashId("tmr", event.id, trigger.name),
  due: new Date(Date.parse(event.at) + afterMs).toISOString(),
  eventId: event.id,
  eventAt: event.at,
  depth: event.depth,
});

/** The wait with the timer of the earlier one that it replaces, where that timer can be reused. */
const withEarlierTimer = (
  wait: PendingTrigger,
  earlier: PendingTrigger | undefined,
  now: number,
): PendingTrigger => {
  const armedBy = timerToReuse(earlier, wait.due, now);
  return armedBy === undefined ? wait : { ...wait, armedBy };
};

/**
 * Which triggers an event fires. `customer`: their view after the event, made only when a rule reads it. An imported event,
 * one older than the trigger allows and one too deep fire nothing; they are counted by reason.
 */
export const fireTriggers = (
  state: CustomerState,
  customer: () => FeelContext,
  event: TriggeringEvent,
  { playbook, now }: Applying,
): Firing => {
  const triggers = playbook.triggersByEvent.get(event.name) ?? [];
  let pending = state.pending;
  const publish: DomainEvent[] = [];
  const timers: Timer[] = [];
  const cancel: Pick<Timer, "id" | "due">[] = [];
  const skipped: SkipReason[] = [];
  let waits = 0;
  let scope: Readonly<Record<string, FeelValue>> | undefined;
  const environment = environmentAt(playbook, now);
  for (const trigger of triggers) {
    // A day is its own trigger's, and nobody else's.
    if (trigger.at !== undefined && event.properties.trigger !== trigger.name) continue;
    const reason = skipReason(trigger, event, now);
    if (reason !== null) {
      skipped.push(reason);
      continue;
    }
    scope ??= {
      customer: customer(),
      event: eventView(event, playbook),
      brand: feelBrand(playbook),
      now: feelNow(now),
    };
    if (trigger.test !== undefined && !holds(trigger.test, scope, environment)) continue;
    if (trigger.afterMs === undefined) {
      publish.push(firedEvent(firedBy(state, trigger, event)));
      continue;
    }
    const earlier = pending.find((one) => one.trigger === trigger.name);
    const wait = withEarlierTimer(waitFor(trigger, event, trigger.afterMs), earlier, now);
    if (isCalledOff(wait, state.lastSeen, playbook)) continue;
    const settled = settlePending({ pending: [...pending, wait], lastSeen: state.lastSeen }, playbook);
    const isLatest = settled.pending.some(({ timerId }) => timerId === wait.timerId);
    pending = settled.pending;
    if (!isLatest) continue;
    waits += 1;
    // The timer of the earlier wait stays; the one that was never set need not be cancelled.
    if (wait.armedBy !== undefined) continue;
    timers.push(timerOf(state.customerId, wait, trigger.placement));
    cancel.push(...settled.cancel);
  }
  return { pending, publish, timers, cancel, fired: publish.length + waits, skipped };
};

/** Fires what an event and the segment changes it caused fire, one after the other. */
export const fireAll = (
  state: CustomerState,
  customer: () => FeelContext,
  events: readonly TriggeringEvent[],
  applying: Applying,
) => {
  let current = state;
  const publish: DomainEvent[] = [];
  const timers: Timer[] = [];
  let fired = 0;
  const cancel: Pick<Timer, "id" | "due">[] = [];
  const skipped: SkipReason[] = [];
  for (const event of events) {
    const { cancel: calledOff, ...seen } = noteSeen(current, event, applying.playbook);
    cancel.push(...calledOff);
    const firing = fireTriggers({ ...current, ...seen }, customer, event, applying);
    current = { ...current, ...seen, pending: firing.pending };
    publish.push(...firing.publish);
    timers.push(...firing.timers);
    cancel.push(...firing.cancel);
    skipped.push(...firing.skipped);
    fired += firing.fired;
  }
  return { state: current, publish, timers, cancel, skipped, fired };
};
