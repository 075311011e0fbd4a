import { sendDecisionId, sendOf } from "#domain/audience/send.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import { type Check, personOf } from "./watcher.ts";

/** Whoever was there when a send began is decided on once, however often its walk dies. */
export const everybodyIsAskedOnce: Check = {
  name: "a send asks everybody who was there, once",
  watch: (stored, violated) => {
    const audiences = new Map<string, readonly CustomerId[]>();
    const present = (): readonly CustomerId[] =>
      [...stored.customers.states.values()]
        .filter(({ mergedInto }) => mergedInto === undefined)
        .map(({ customerId }) => customerId);
    return {
      begun: (sendId) => {
        if (!audiences.has(sendId)) audiences.set(sendId, present());
      },
      committed: ({ decisions }) => {
        for (const decision of decisions) {
          const { customerId, decisionId } = decision;
          const sendId = sendOf(decision);
          if (sendId === null || customerId === null) continue;
          const absorbed = stored.customers.states.get(customerId)?.absorbed ?? [];
          const earlier = absorbed.find((one) => stored.decisions.has(sendDecisionId(sendId, one)));
          if (earlier !== undefined)
            violated(`${decisionId} asks ${customerId} whom ${sendId} had asked as ${earlier}`);
        }
      },
      atRest: async () => {
        for (const [sendId, audience] of audiences) {
          const job = await stored.jobs.get(sendId);
          // Nobody heard that it was asked for; or too much of it bounced.
          if (job === null || (job.status === "paused" && job.reason !== undefined)) continue;
          if (job.status !== "done") violated(`${sendId} is ${job.status} for ever`);
          const asked = new Set(
            [...stored.decisions.values()]
              .filter((decision) => sendOf(decision) === sendId && decision.customerId !== null)
              .map(({ customerId }) => personOf(stored, customerId ?? "")),
          );
          for (const customerId of audience)
            if (!asked.has(personOf(stored, customerId)))
              violated(`${sendId} never asked ${customerId}, who was there when it began`);
        }
      },
    };
  },
};
