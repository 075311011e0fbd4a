import { DAY_MS } from "#kernel/time.ts";
import type { ConfirmationStore } from "#ports/confirmation-store.ts";

export const memoryConfirmationStore = (): ConfirmationStore => {
  const asked = new Map<string, { readonly by: string; readonly at: string }>();
  const keyOf = (channel: string, address: string): string => `${channel}\u0000${address}`;
  return {
    mayAsk: async (channel, address, { by, now }) => {
      const before = asked.get(keyOf(channel, address));
      const isFree = before === undefined || Date.parse(now) - Date.parse(before.at) >= DAY_MS;
      if (isFree) asked.set(keyOf(channel, address), { by, at: now });
      return isFree || before.by === by;
    },
    answered: async (channel, address) => {
      asked.delete(keyOf(channel, address));
    },
  };
};
