import type { CustomerState } from "../records/customer.ts";
import type { CollectedEvent } from "../records/event.ts";
import { recentOf, wouldHold } from "./recent.ts";

/** Events that states show as applied: something is still to be told of them, or they are remembered. */
export const appliedEvents = (states: Iterable<CustomerState>): ReadonlySet<string> =>
  new Set(
    [...states].flatMap(({ unsent, recent }) => [
      ...Object.values(unsent).flatMap(({ eventIds }) => eventIds),
      ...recent.map(({ id }) => id),
    ]),
  );

/**
 * Events of which states do not show whether they were applied: too old, or too large to be remembered. For them history
 * must be asked once the states are read. What was asked before may be out of date: whoever wrote in between told what
 * an earlier delivery owed, and with that dropped the only trace in the state.
 */
export const unprovenEvents = (
  states: readonly CustomerState[],
  events: readonly CollectedEvent[],
): readonly CollectedEvent[] => {
  const applied = appliedEvents(states);
  return events.filter(
    (event) => !applied.has(event.id) && !states.every((state) => wouldHold(state, recentOf(event))),
  );
};
