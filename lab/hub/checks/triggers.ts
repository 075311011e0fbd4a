import { hashId } from "#kernel/hash.ts";
import { type Check, personOf } from "./watcher.ts";

/** What a trigger without a wait promises: an event of this name is answered by a decision. */
const AT_ONCE: Readonly<Record<string, string>> = {
  "Signed Up": "welcome",
  "Order Completed": "order-confirmed",
  "message.received": "answered",
};
/** A trigger's own is an hour; the last minutes of it, in which a service may be down, are nobody's promise. */
const MAX_AGE_MS = 50 * 60_000;

/** Invariants 7 and 9: what fires is decided, once, and what is called off is not. */
export const triggersAreAnswered: Check = {
  name: "what fires is decided, and a reminder that was called off is not",
  watch: (stored, violated) => {
    const due = new Map<string, string>();
    /** Of events that were applied: not from history, where they come later. */
    const times = new Map<string, string>();
    const orders: { customerId: string; at: string; step: number }[] = [];
    return {
      saved: ({ customers }) => {
        for (const { customerId, unsent } of customers) {
          for (const { id, kind, at, body } of Object.values(unsent).flatMap(({ history }) => history)) {
            if (kind !== "event") continue;
            times.set(id, at);
            if (body.name === "Order Completed") orders.push({ customerId, at, step: stored.step() });
            const trigger = AT_ONCE[String(body.name)];
            const isNew = body.imported !== true && stored.now() - Date.parse(at) < MAX_AGE_MS;
            if (trigger !== undefined && isNew) due.set(hashId("dec", id, trigger), `${body.name} ${id}`);
          }
        }
      },
      committed: ({ decisions }, by) => {
        for (const { decisionId, customerId, trigger, eventId } of decisions) {
          if (trigger !== "cart-abandoned" || customerId === null) continue;
          const since = times.get(eventId ?? "");
          if (since === undefined) {
            violated(`${decisionId} was made for an event that was never applied`);
            continue;
          }
          const called = orders.find(
            (order) =>
              order.step < by.startedStep &&
              order.at >= since &&
              personOf(stored, order.customerId) === personOf(stored, customerId),
          );
          if (called !== undefined)
            violated(`${decisionId} reminds of a cart that was ordered at ${called.at}`);
        }
      },
      atRest: () => {
        for (const [decisionId, what] of due) {
          if (!stored.decisions.has(decisionId)) violated(`nobody decided on ${what}`);
        }
        for (const { customerId, mergedInto, pending } of stored.customers.states.values()) {
          if (mergedInto !== undefined) continue;
          for (const { trigger, eventId, due: at } of pending) {
            if (!stored.decisions.has(hashId("dec", eventId, trigger)))
              violated(`${customerId} waits for ${trigger} since ${at}, and nothing wakes the wait`);
          }
        }
        const [left] = stored.timers();
        if (left !== undefined) violated(`the timer ${left.id} of ${left.due} never fires`);
      },
    };
  },
};
