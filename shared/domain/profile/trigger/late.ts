import type { TriggerFired } from "#events/trigger-fired.ts";
import { hashId } from "#kernel/hash.ts";
import type { CompiledPlaybook } from "../../playbook/model/compiled.ts";
import type { CustomerState } from "../../records/customer.ts";
import type { HistoryItem } from "../../records/effects.ts";

/**
 * Whether a trigger fired so long ago that its answer would come too late: its `maxAge` has passed since its event, or
 * since its wait was over. A trigger that the playbook no longer has is never late.
 * @param now milliseconds since the epoch
 */
export const isLate = (
  { trigger: name, timerId, eventAt }: TriggerFired,
  { pending }: CustomerState,
  { document }: Pick<CompiledPlaybook, "document">,
  now: number,
): boolean => {
  const trigger = document.triggers.find((one) => one.name === name);
  if (trigger === undefined) return false;
  const wait = pending.find((one) => one.timerId === timerId);
  return now - Date.parse(wait?.due ?? eventAt) > trigger.maxAgeMs;
};

/** A trigger that was dropped because it came too late, for the timeline. */
export const expiredHistory = (fired: TriggerFired, customerId: string, at: string): HistoryItem => ({
  id: hashId("exp", fired.eventId, fired.trigger),
  kind: "event",
  customerId,
  at,
  body: {
    type: "trigger",
    name: "trigger.expired",
    properties: { trigger: fired.trigger, eventId: fired.eventId, eventAt: fired.eventAt, reason: "age" },
    depth: fired.depth,
  },
});
