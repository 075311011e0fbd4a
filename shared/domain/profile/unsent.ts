import type { CustomerState } from "../records/customer.ts";
import type { Effects } from "../records/effects.ts";
import type { CustomerId } from "../records/identity.ts";

/** Effects with the customer whose item stores them. */
export type UnsentEffects = { readonly customerId: CustomerId; readonly effects: Effects };

/**
 * Effects that must be carried out before a state is written again or a retry ends. The group's own previous effects were
 * carried out before the queue gave out the next message, unless this is that same message again. Those of other groups
 * may not have been. `rewritten`: whether the state's entries are about to be replaced.
 */
export const unsentEffects = (
  state: CustomerState,
  group: string,
  eventIds: ReadonlySet<string>,
  rewritten: boolean,
): readonly UnsentEffects[] =>
  Object.entries(state.unsent)
    .filter(
      ([owner, entry]) => entry.eventIds.some((id) => eventIds.has(id)) || (rewritten && owner !== group),
    )
    .map(([, effects]) => ({ customerId: state.customerId, effects }));

/**
 * Whether effects are known to be carried out, by the facts that are in history: then they need not be repeated.
 */
export const isCarriedOut = ({ historyGoes, history }: Effects, inHistory: ReadonlySet<string>): boolean =>
  historyGoes === "last" && history.every(({ id }) => inHistory.has(id));

/** A timer that is set and called off by the same message is neither set nor cancelled. */
export const settleTimers = <T extends Pick<Effects, "cancel" | "timers">>(effects: T): T => {
  const cancelled = new Set(effects.cancel.map(({ id }) => id));
  const set = new Set(effects.timers.map(({ id }) => id));
  return {
    ...effects,
    timers: effects.timers.filter(({ id }) => !cancelled.has(id)),
    cancel: effects.cancel.filter(({ id }) => !set.has(id)),
  };
};
