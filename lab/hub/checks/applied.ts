import type { CollectedEvent } from "#domain/records/event.ts";
import type { Check } from "./watcher.ts";

const ORDER = "Order Completed";

/** Invariant 1: accepted means kept, and applied once. */
export const appliedOnce: Check = {
  name: "an accepted event is applied exactly once",
  watch: (stored, violated) => {
    const accepted = new Map<string, CollectedEvent>();
    const applied = new Set<string>();
    const living = () =>
      [...stored.customers.states.values()].filter(({ mergedInto }) => mergedInto === undefined);
    return {
      accepted: (events) => {
        for (const event of events) accepted.set(event.id, event);
      },
      saved: ({ customers }) => {
        for (const { unsent, customerId } of customers) {
          // The write's own effects stand last; before them what other groups could not carry out yet.
          for (const id of Object.values(unsent).at(-1)?.eventIds ?? []) {
            if (applied.has(id)) violated(`${id} is applied a second time, now to ${customerId}`);
            applied.add(id);
          }
        }
      },
      deadLettered: (queue, reason, body) =>
        violated(`dead letter of ${queue}: ${reason}: ${JSON.stringify(body).slice(0, 400)}`),
      atRest: () => {
        for (const id of accepted.keys()) {
          if (!applied.has(id)) violated(`${id} was accepted and never applied`);
          if (!stored.facts.has(id)) violated(`${id} was applied and is not in history`);
        }
        const orders = [...stored.facts.values()].filter(
          ({ kind, body }) => kind === "event" && body.name === ORDER,
        );
        const counted = living().reduce((sum, { computed }) => sum + (computed.orders?.all?.n ?? 0), 0);
        if (counted !== orders.length)
          violated(`${counted} orders are counted of ${orders.length} that were applied`);
        for (const { customerId, unsent } of living()) {
          const ids = Object.values(unsent).flatMap(({ history }) => history.map(({ id }) => id));
          const untold = ids.find((id) => !stored.facts.has(id));
          if (untold !== undefined) violated(`${customerId} still owes ${untold} to history`);
        }
      },
    };
  },
};
