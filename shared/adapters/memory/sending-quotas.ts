import type { SendingQuotas } from "#ports/sending-quotas.ts";

export const memorySendingQuotas = (): SendingQuotas => {
  const used = new Map<string, number>();
  return {
    take: async ({ channel, sender, day }, units, most) => {
      const key = [channel, day, sender].join(" ");
      const then = (used.get(key) ?? 0) + units;
      if (then > most) return false;
      used.set(key, then);
      return true;
    },
  };
};
