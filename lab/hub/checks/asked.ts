import { DAY_MS } from "#kernel/time.ts";
import type { Check } from "./watcher.ts";

/** However many people have an address: a public key can make up as many as it likes. */
export const askedOnceADay: Check = {
  name: "an address is asked to confirm once a day, until it answers",
  watch: (_stored, violated) => {
    const asked = new Map<string, Map<string, number>>();
    return {
      said: (address, { status }) => {
        if (status === "granted") asked.delete(address);
      },
      taken: ({ messageId, confirms, createdAt }, _by, address) => {
        if (confirms === undefined) return;
        const before = asked.get(address) ?? new Map<string, number>();
        const at = Date.parse(createdAt);
        for (const [other, time] of before) {
          if (other !== messageId && Math.abs(at - time) < DAY_MS)
            violated(`${messageId} asked ${address} to confirm, as ${other} did within a day`);
        }
        asked.set(address, before.set(messageId, at));
      },
    };
  },
};
