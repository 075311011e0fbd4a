import { ADHOC_ACTION } from "#domain/decision/decide-message.ts";
import { MESSAGES_PLACEMENT } from "#domain/records/decision.ts";
import type { Message } from "#domain/records/message.ts";
import type { Invocation } from "../machine/processes.ts";
import type { Check } from "./watcher.ts";

/** A sender ends within this of its last look at the clock. */
const LIFE_MS = 30_000;
/** What may stand at the end: nobody knows whether it left, or the provider's word is still out. */
const ENDS: readonly Message["status"][] = ["sent", "delivered", "failed", "rejected", "uncertain"];

/** Invariant 8: marketing at most once, transactional at least once. */
export const sentOnce: Check = {
  name: "marketing leaves at most once, a receipt twice only where its sender could not record it",
  watch: (stored, violated) => {
    const taken = new Map<string, Invocation[]>();
    return {
      taken: ({ messageId, lane, action }, by) => {
        const senders = [...(taken.get(messageId) ?? []), by];
        taken.set(messageId, senders);
        if (senders.length === 1) return;
        if (lane === "bulk") violated(`the offer ${messageId} (${action}) left twice`);
        const unhurt = senders.filter(({ isHurt }) => !isHurt);
        if (unhurt.length > 1)
          violated(
            `the receipt ${messageId} left ${senders.length} times, ${unhurt.length} of them without need`,
          );
      },
      atRest: () => {
        for (const { messageId, lane, status, history } of stored.messages.values()) {
          if (lane === "bulk" || taken.has(messageId) || status === "failed" || status === "rejected")
            continue;
          violated(`the receipt ${messageId} never left: ${history.map((one) => one.status).join(", ")}`);
        }
      },
    };
  },
};

/** Invariant 8: nothing past its time, and everything ends. */
export const endsInTime: Check = {
  name: "every message ends, and none leaves past its time",
  watch: (stored, violated) => {
    const settled = new Set<string>();
    return {
      taken: ({ messageId, deadline, sendAt }) => {
        const now = stored.now();
        if (now > Date.parse(deadline) + LIFE_MS)
          violated(`${messageId} left after its deadline ${deadline}`);
        if (sendAt !== undefined && now < Date.parse(sendAt)) violated(`${messageId} left before ${sendAt}`);
      },
      reported: ({ messageId, fact }) => {
        if (fact.kind === "delivered" || fact.kind === "bounced") settled.add(messageId);
      },
      atRest: () => {
        for (const { messageId, status, deadline } of stored.messages.values()) {
          if (!ENDS.includes(status)) violated(`${messageId} stays ${status}; its deadline was ${deadline}`);
          if (settled.has(messageId) && (status === "uncertain" || status === "sent"))
            violated(`${messageId} stays ${status}, though its provider told what became of it`);
        }
      },
    };
  },
};

/** By when a message has ended at the latest: its deadline, as long as the sweep leaves one alone, and an outage. */
const LATEST_END_MS = 75 * 60_000;

/** Invariant 15: a request that is lost on its way is told again or ended. */
export const nothingWaits: Check = {
  name: "nothing stays requested past its deadline",
  watch: (stored, violated) => ({
    atRest: () => {
      for (const { messageId, history, deadline } of stored.messages.values()) {
        const end = history.find(({ status }) => ENDS.includes(status));
        if (end === undefined) violated(`${messageId} waits for ever; its deadline was ${deadline}`);
        else if (Date.parse(end.at) > Date.parse(deadline) + LATEST_END_MS)
          violated(`${messageId} ended at ${end.at}; its deadline was ${deadline}`);
      }
    },
  }),
};

/** Whoever complained, or cannot be reached, is left alone from the moment that it is written. */
export const addressesAreSpared: Check = {
  name: "nothing leaves to an address after it was suppressed",
  watch: (stored, violated) => {
    const since = new Map<string, number>();
    return {
      suppressed: (address) => {
        if (!since.has(address)) since.set(address, stored.step());
      },
      taken: ({ messageId }, by, address) => {
        const step = since.get(address);
        if (step !== undefined && step < by.startedStep) violated(`${messageId} left to ${address}`);
      },
    };
  },
};

/** Invariant 3: every contact is a decision, and the log has it. */
export const decidedAndLogged: Check = {
  name: "every message that leaves has its decision, and every decision is in the log or counted as missing",
  watch: (stored, violated) => {
    const logged = new Set<string>();
    /** Those that applications asked for by name: a client need not come again when its call died. */
    const asked = new Map<string, Invocation>();
    let missing = 0;
    return {
      committed: ({ decisions }, by) => {
        for (const { decisionId, placement } of decisions)
          if (placement === MESSAGES_PLACEMENT) asked.set(decisionId, by);
      },
      taken: ({ messageId, decisionId, action, customerId }) => {
        const decision = stored.decisions.get(decisionId);
        const isChosen =
          decision?.actions.some((chosen) => chosen.action === (action ?? ADHOC_ACTION)) === true;
        if (!isChosen || decision?.customerId !== customerId)
          violated(`${messageId} left without a decision for ${action}`);
      },
      logged: (ids) => {
        for (const id of ids) logged.add(id);
      },
      unlogged: (count) => {
        missing += count;
      },
      atRest: () => {
        const unlogged = [...stored.decisions.keys()].filter(
          (id) => !logged.has(id) && asked.get(id)?.isDead !== true,
        );
        if (unlogged.length > missing)
          violated(`${unlogged.join(", ")} stand in no log, and ${missing} were counted as missing`);
      },
    };
  },
};
