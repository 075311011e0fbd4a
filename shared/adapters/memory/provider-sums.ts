import { addSums, type Sums } from "#domain/routing/sums.ts";
import type { ProviderSums } from "#ports/provider-sums.ts";

const keyOf = ({ channel, provider, account, slot }: Sums): string =>
  [channel, provider, account, slot].join(" ");

export const memoryProviderSums = (): ProviderSums => {
  const kept = new Map<string, Sums>();
  return {
    add: async (sums) => {
      for (const one of sums) {
        const before = kept.get(keyOf(one));
        kept.set(keyOf(one), before === undefined ? one : addSums(before, one));
      }
    },
    since: async (channel, slot) =>
      [...kept.values()].filter((one) => one.channel === channel && one.slot >= slot),
  };
};
