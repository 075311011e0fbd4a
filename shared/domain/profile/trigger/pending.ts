import { laterOf } from "#kernel/time.ts";
import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { CustomerState, PendingTrigger } from "../../records/customer.ts";
import type { Timer } from "../../records/effects.ts";
import { timersOf } from "./waits.ts";

type Waiting = Pick<CustomerState, "pending" | "lastSeen">;
type Settled = Waiting & { readonly cancel: readonly Pick<Timer, "id" | "due">[] };

/** Orders two waits by event time, on a tie by event id: the later one counts. */
const position = (pending: Pick<PendingTrigger, "eventAt" | "eventId">): string =>
  `${pending.eventAt}#${pending.eventId}`;

/** Whether an event that calls the trigger off was seen at or after the one that started the wait. */
export const isCalledOff = (
  waiting: Pick<PendingTrigger, "trigger" | "eventAt">,
  lastSeen: CustomerState["lastSeen"],
  playbook: CompiledPlaybook,
): boolean => {
  const trigger = playbook.triggers.find(({ name }) => name === waiting.trigger);
  return (trigger?.unless ?? []).some((name) => {
    const seen = Object.hasOwn(lastSeen, name) ? lastSeen[name] : undefined;
    return seen !== undefined && seen >= waiting.eventAt;
  });
};

/**
 * Keeps the latest wait of each trigger and drops those that were called off. An entry stays after its time, so that the
 * timer's handler finds it by `timerId`, and an older event that arrives late does not start the wait again.
 */
export const settlePending = (waiting: Waiting, playbook: CompiledPlaybook): Settled => {
  const latest = new Map<string, PendingTrigger>();
  const cancel: Pick<Timer, "id" | "due">[] = [];
  for (const one of waiting.pending) {
    const other = latest.get(one.trigger);
    if (other === undefined || position(other) < position(one)) latest.set(one.trigger, one);
    if (other !== undefined && other.timerId !== one.timerId) {
      cancel.push(...timersOf(position(other) < position(one) ? other : one));
    }
  }
  const pending: PendingTrigger[] = [];
  for (const one of latest.values()) {
    if (isCalledOff(one, waiting.lastSeen, playbook)) cancel.push(...timersOf(one));
    else pending.push(one);
  }
  pending.sort((a, b) => (a.trigger < b.trigger ? -1 : 1));
  const needed = new Set(pending.flatMap(timersOf).map(({ id }) => id));
  return { pending, lastSeen: waiting.lastSeen, cancel: cancel.filter(({ id }) => !needed.has(id)) };
};

/** Notes when an event was last seen, if some trigger's `unless` watches for it. */
export const noteSeen = (
  waiting: Waiting,
  event: { readonly name: string; readonly at: string },
  playbook: CompiledPlaybook,
): Settled => {
  if (!playbook.watched.has(event.name)) {
    return { pending: waiting.pending, lastSeen: waiting.lastSeen, cancel: [] };
  }
  const before = Object.hasOwn(waiting.lastSeen, event.name) ? (waiting.lastSeen[event.name] ?? "") : "";
  const lastSeen = { ...waiting.lastSeen, [event.name]: laterOf(before, event.at) };
  return settlePending({ pending: waiting.pending, lastSeen }, playbook);
};

export const mergePending = (a: Waiting, b: Waiting, playbook: CompiledPlaybook): Settled => {
  const lastSeen = new Map(Object.entries(a.lastSeen));
  for (const [name, at] of Object.entries(b.lastSeen)) {
    lastSeen.set(name, laterOf(lastSeen.get(name) ?? "", at));
  }
  return settlePending(
    { pending: [...a.pending, ...b.pending], lastSeen: Object.fromEntries(lastSeen) },
    playbook,
  );
};
