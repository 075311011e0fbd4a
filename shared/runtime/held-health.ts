import type { ReceiverHealth } from "#domain/webhook/health.ts";
import { SECOND_MS } from "#kernel/time.ts";
import type { Clock } from "#ports/clock.ts";
import type { WebhookStore } from "#ports/webhook-store.ts";

/** What other processes learnt of a receiver counts after as long as a playbook that was published. */
const HELD_MS = 5 * SECOND_MS;

/** How receivers answer, read every few seconds and not for each event; what this process sees itself counts at once. */
export const heldHealth = (store: WebhookStore, clock: Clock): WebhookStore => {
  let held = new Map<string, ReceiverHealth>();
  let until = 0;
  let reading: Promise<void> | undefined;
  const read = async (): Promise<void> => {
    held = new Map(await store.health());
    until = clock.now() + HELD_MS;
  };
  const forgetting =
    <Given extends unknown[], Result>(change: (...given: Given) => Promise<Result>) =>
    async (...given: Given): Promise<Result> => {
      until = 0;
      return change(...given);
    };
  return {
    ...store,
    health: async () => {
      const now = clock.now();
      if (now >= until || now < until - HELD_MS) {
        reading ??= read().finally(() => {
          reading = undefined;
        });
        await reading;
      }
      return held;
    },
    failed: async (webhook, failure) => {
      const known = await store.failed(webhook, failure);
      held.set(webhook, known);
      return known;
    },
    clear: async (webhook) => {
      held.delete(webhook);
      await store.clear(webhook);
    },
    slow: forgetting(store.slow),
    disable: forgetting(store.disable),
  };
};
