import type { CustomerState } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";
import { recentOf, wouldHold } from "./recent.ts";

/** Ids of events that states show as applied: their effects are still stored there, or they are among the recent. */
export const appliedEvents = (states: Iterable<CustomerState>): ReadonlySet<string> =>
  new Set(
    [...states].flatMap(({ unsent, recent }) => [
      ...Object.values(unsent).flatMap(({ eventIds }) => eventIds),
      ...recent.map(({ id }) => id),
    ]),
  );

/**
 * Events of which states do not show whether they were applied: too old, or too large to be among the recent. History must
 * be asked for them after the states are read. An earlier answer may be out of date: whoever wrote in between carried out
 * the effects of an earlier delivery and dropped them, which removed the only trace in the state.
 */
export const unprovenEvents = (
  states: readonly CustomerState[],
  events: readonly CollectedEvent[],
): readonly CollectedEvent[] => {
  const applied = appliedEvents(states);
  return events.filter(
    (event) =>
      event.type !== "journey" &&
      !applied.has(event.id) &&
      !states.every((state) => wouldHold(state, recentOf(event))),
  );
};
