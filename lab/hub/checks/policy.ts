import { consentFor } from "#domain/contact-policy/consent.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import type { Message } from "#domain/records/message.ts";
import type { Consent, ConsentState } from "#domain/records/permission.ts";
import { POINTER_MS } from "../shop/playbooks.ts";
import { type Check, personOf, type Stored } from "./watcher.ts";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MARKETING = { name: "marketing", consent: "express", transactional: false } as const;

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
      for (const added of messages.filter(({ lane }) => lane === "bulk")) {
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

type Said = { readonly step: number; readonly customerId: CustomerId; readonly consent: Consent };
type Merge = { readonly step: number; readonly from: CustomerId; readonly to: CustomerId };

const keyOf = ({ channel, topic }: Consent): string => `${channel}|${topic}`;
const isLater = (one: Consent, other: Consent): boolean =>
  one.at > other.at || (one.at === other.at && one.status === "withdrawn");

/** All that was ever said about consent, and by whom: what the hub makes of it is held against this. */
const consentLedger = () => {
  const said: Said[] = [];
  const merges: Merge[] = [];
  const personAt = (customerId: CustomerId, step: number): CustomerId => {
    const next = merges.find(({ from, step: at }) => from === customerId && at <= step);
    return next === undefined ? customerId : personAt(next.to, step);
  };
  return {
    said,
    merges,
    /** What held for the customer at that step. */
    stateAt: (customerId: CustomerId, step: number): ConsentState => {
      const person = personAt(customerId, step);
      const entries: Record<string, Consent> = {};
      for (const one of said) {
        if (one.step > step || personAt(one.customerId, step) !== person) continue;
        const before = entries[keyOf(one.consent)];
        if (before === undefined || isLater(one.consent, before)) entries[keyOf(one.consent)] = one.consent;
      }
      return { entries };
    },
  };
};

const verdictOf = (stored: Stored, state: ConsentState): string =>
  consentFor(state, MARKETING, "email", { now: new Date(stored.now()).toISOString(), inline: false });

/** Invariant 4: consent waits for nobody, and a withdrawal holds from the moment it is written. */
export const consentIsHeeded: Check = {
  name: "no offer leaves after a withdrawal was applied, and no consent is lost",
  watch: (stored, violated) => {
    const ledger = consentLedger();
    return {
      consented: (customerId, entries) => {
        for (const consent of entries) ledger.said.push({ step: stored.step(), customerId, consent });
      },
      saved: ({ customers }) => {
        for (const { customerId, mergedInto } of customers) {
          if (mergedInto !== undefined)
            ledger.merges.push({ step: stored.step(), from: customerId, to: mergedInto });
        }
      },
      taken: ({ lane, customerId, messageId }, by) => {
        if (lane !== "bulk") return;
        // The sender looked at some moment since it began: one at which it was allowed will do.
        const looked = [
          by.startedStep,
          ...[...ledger.said, ...ledger.merges]
            .map(({ step }) => step)
            .filter((step) => step > by.startedStep),
        ];
        if (looked.some((step) => verdictOf(stored, ledger.stateAt(customerId, step)) === "granted")) return;
        violated(`${messageId} left to ${customerId}, who had not agreed since the sender began`);
      },
      atRest: () => {
        for (const { customerId, mergedInto } of stored.customers.states.values()) {
          if (mergedInto !== undefined) continue;
          const kept = verdictOf(stored, stored.customers.consents.get(customerId) ?? { entries: {} });
          const right = verdictOf(stored, ledger.stateAt(customerId, Number.POSITIVE_INFINITY));
          if (kept !== right)
            violated(`consent of ${customerId} is ${kept}, and all that was said comes to ${right}`);
        }
      },
    };
  },
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
