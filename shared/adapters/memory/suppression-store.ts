import type { Suppression, SuppressionStore } from "#ports/suppression-store.ts";

export const memorySuppressionStore = (): SuppressionStore => {
  const suppressed = new Map<string, Suppression>();
  const keyOf = (channel: string, address: string): string => `${channel}\u0000${address}`;
  return {
    find: async (channel, addresses) =>
      new Map(
        addresses.flatMap((address) => {
          const found = suppressed.get(keyOf(channel, address));
          return found === undefined ? [] : [[address, found] as const];
        }),
      ),
    add: async (channel, address, suppression) => {
      const key = keyOf(channel, address);
      if (!suppressed.has(key)) suppressed.set(key, suppression);
    },
  };
};
