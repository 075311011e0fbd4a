import type { ReceiverHealth } from "#domain/webhook/health.ts";
import type { DeadLetter, WebhookStore } from "#ports/webhook-store.ts";

const place = ({ at, due }: DeadLetter): string => `${at}#${due.id}`;

export const memoryWebhookStore = (): WebhookStore => {
  const known = new Map<string, ReceiverHealth>();
  const kept = new Map<string, DeadLetter>();
  const of = (webhook: string): ReceiverHealth => known.get(webhook) ?? { failures: 0 };
  return {
    health: async () => new Map(known),
    failed: async (webhook, { at, reason }) => {
      const before = of(webhook);
      const after = {
        ...before,
        failures: before.failures + 1,
        failingSince: before.failingSince ?? at,
        lastFailureAt: at,
        reason,
      };
      known.set(webhook, after);
      return after;
    },
    slow: async (webhook, slowUntil) => {
      known.set(webhook, { failures: 0, slowUntil });
    },
    disable: async (webhook, { at, reason }) => {
      const before = of(webhook);
      if (before.disabledAt !== undefined) return false;
      known.set(webhook, { ...before, disabledAt: at, reason });
      return true;
    },
    clear: async (webhook) => {
      known.delete(webhook);
    },
    keep: async (letter) => {
      kept.set(`${letter.due.webhook} ${place(letter)}`, letter);
    },
    dead: async (webhook, limit) => {
      const all = [...kept.values()]
        .filter(({ due }) => due.webhook === webhook)
        .sort((a, b) => (place(a) < place(b) ? -1 : 1));
      return { letters: all.slice(0, limit), isMore: all.length > limit };
    },
    drop: async (letters) => {
      for (const letter of letters) kept.delete(`${letter.due.webhook} ${place(letter)}`);
    },
  };
};
