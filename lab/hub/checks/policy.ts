import type { Message } from "#domain/records/message.ts";
import { DAY_MS, HOUR_MS } from "#kernel/time.ts";
import { POINTER_MS } from "../shop/playbooks.ts";
import { type Check, personOf } from "./watcher.ts";

/** When a message is to reach its customer, as caps count it. */
const momentOf = ({ sendAt, createdAt }: Message): number => Date.parse(sendAt ?? createdAt);
/** Nothing of it ever came to a provider. */
const neverLeft = ({ status, providerMessageId }: Message): boolean =>
  providerMessageId === undefined && (status === "rejected" || status === "failed");

/** Invariant 4: places under caps are reserved in the write of the decision. */
export const withinCaps: Check = {
  name: "nobody gets more offers than the caps allow, and what never left takes no place",
  watch: (stored, violated) => ({
    committed: ({ messages }) => {
      for (const added of messages.filter((one) => one.lane === "bulk" && !neverLeft(one))) {
        const person = personOf(stored, added.customerId);
        const times = [...stored.messages.values()]
          .filter(
            (one) => one.lane === "bulk" && !neverLeft(one) && personOf(stored, one.customerId) === person,
          )
          .map(momentOf);
        for (const { max, days } of stored.policyOf(added.playbook).caps) {
          const at = momentOf(added);
          const fullest = Math.max(
            ...times
              .filter((start) => start > at - days * DAY_MS && start <= at)
              .map((start) => times.filter((time) => time >= start && time < start + days * DAY_MS).length),
          );
          if (fullest > max)
            violated(`${added.messageId} is number ${fullest} within ${days} days for ${person}`);
        }
      }
    },
    atRest: () => {
      for (const [customerId, { entries }] of stored.customers.contacts) {
        for (const { id } of entries) {
          const message = stored.messages.get(id);
          if (message !== undefined && neverLeft(message))
            violated(`${id} never left and still takes ${customerId} a place under caps`);
        }
      }
    },
  }),
};

/** Invariant 8: policy is asked when sending, too, and it is today's. */
export const quietHoursOfToday: Check = {
  name: "no offer leaves in the quiet hours of the version that is live",
  watch: (stored, violated) => {
    const live: { readonly at: number; readonly version: string }[] = [
      { at: 0, version: stored.playbooks[0]?.version ?? "" },
    ];
    const isQuiet = (version: string, at: number): boolean => {
      const { from, to } = stored.policyOf(version).quiet;
      const hour = (at % DAY_MS) / HOUR_MS;
      return hour >= from || hour < to;
    };
    return {
      wentLive: (version) => {
        live.push({ at: stored.now(), version });
      },
      taken: ({ lane, messageId }, by) => {
        if (lane !== "bulk") return;
        const since = by.startedAt - POINTER_MS;
        const known = live.filter(
          ({ at }, index) => at >= since || (live[index + 1]?.at ?? Number.POSITIVE_INFINITY) >= since,
        );
        const allowed = known.some(
          ({ version }) => !isQuiet(version, by.startedAt) || !isQuiet(version, stored.now()),
        );
        if (!allowed)
          violated(`${messageId} left at ${new Date(stored.now()).toISOString()}, in quiet hours`);
      },
    };
  },
};
