import type { CustomerState } from "../records/customer.ts";
import type { Effects } from "../records/effects.ts";
import type { CustomerId } from "../records/identity.ts";

/** Effects with the customer whose item stores them. */
export type UnsentEffects = { readonly customerId: CustomerId; readonly effects: Effects };

/** Effects that an earlier write stored for the inbox group `owner`. `mayWait`: none of them is of the message in hand. */
export type StoredEffects = UnsentEffects & { readonly owner: string; readonly mayWait: boolean };

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
): readonly StoredEffects[] =>
  Object.entries(state.unsent)
    .map(([owner, effects]) => {
      const mayWait = !effects.eventIds.some((id) => eventIds.has(id));
      return { customerId: state.customerId, owner, effects, mayWait };
    })
    .filter(({ owner, mayWait }) => !mayWait || (rewritten && owner !== group));

/** Two entries of one owner, which were stored with two customers who became one. */
const joined = (one: Effects | undefined, other: Effects): Effects =>
  one === undefined
    ? other
    : {
        historyGoes: one.historyGoes === "first" ? "first" : other.historyGoes,
        eventIds: [...one.eventIds, ...other.eventIds],
        history: [...one.history, ...other.history],
        cancel: [...one.cancel, ...other.cancel],
        timers: [...one.timers, ...other.timers],
        publish: [...one.publish, ...other.publish],
        consent: [...one.consent, ...other.consent],
      };

/** What its own effects do to a timer comes later than what others wanted of it, and stands. */
const keeping = (state: CustomerState, others: readonly StoredEffects[]): CustomerState => {
  const own = Object.values(state.unsent);
  const decided = new Set(own.flatMap(({ cancel, timers }) => [...cancel, ...timers]).map(({ id }) => id));
  const kept = new Map<string, Effects>();
  for (const { owner, effects } of others) {
    const rest = {
      ...effects,
      cancel: effects.cancel.filter(({ id }) => !decided.has(id)),
      timers: effects.timers.filter(({ id }) => !decided.has(id)),
    };
    kept.set(owner, joined(kept.get(owner), rest));
  }
  return { ...state, unsent: { ...Object.fromEntries(kept), ...state.unsent } };
};

/** The states to write, which go on keeping what others could not carry out yet: of an absorbed customer the survivor's does. */
export const withOthers = (
  states: readonly CustomerState[],
  others: readonly StoredEffects[],
): readonly CustomerState[] => {
  const survivors = new Map(
    states.map(({ customerId, mergedInto }) => [customerId, mergedInto ?? customerId]),
  );
  const keeperOf = (customerId: CustomerId): CustomerId => {
    const next = survivors.get(customerId) ?? customerId;
    return next === customerId ? next : keeperOf(next);
  };
  return states.map((state) =>
    keeping(
      state,
      others.filter(({ customerId }) => keeperOf(customerId) === state.customerId),
    ),
  );
};

/**
 * Whether effects are known to be carried out, by the facts that are in history: then they need not be repeated. Those that
 * come with no fact, as when a run of a journey only waits on, are never known to be.
 */
export const isCarriedOut = (effects: Effects, inHistory: ReadonlySet<string>): boolean => {
  const { historyGoes, history, cancel, timers, publish, consent } = effects;
  if (history.length === 0) return [cancel, timers, publish, consent].every((all) => all.length === 0);
  return historyGoes === "last" && history.every(({ id }) => inHistory.has(id));
};

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
