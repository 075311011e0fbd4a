import { type Check, personOf } from "./watcher.ts";

/** Invariant 17: what a customer wrote is kept once, in order. */
export const inOneThread: Check = {
  name: "what a customer wrote stands in one thread of theirs, once, and places have no gaps",
  watch: (stored, violated) => ({
    atRest: () => {
      const { heads, threads } = stored.conversations;
      const places = new Map<string, string[]>();
      for (const [conversationId, thread] of threads) {
        const customerId = heads.get(conversationId)?.customerId ?? "";
        for (const { direction, messageId } of thread)
          if (direction === "in") places.set(messageId, [...(places.get(messageId) ?? []), customerId]);
        const seqs = thread.map(({ seq }) => seq);
        if (seqs.some((seq, index) => seq !== index + 1))
          violated(`${conversationId} has the places ${seqs.join(", ")}`);
        if (heads.get(conversationId)?.lastSeq !== thread.length)
          violated(`${conversationId} says that it ends elsewhere than with ${thread.length}`);
      }
      for (const { id, kind, customerId, body } of stored.facts.values()) {
        if (kind !== "event" || body.name !== "message.received" || body.imported === true) continue;
        const [owner, ...more] = places.get(id) ?? [];
        if (owner === undefined) violated(`${id} is in no thread`);
        else if (more.length > 0) violated(`${id} is in ${more.length + 1} places`);
        else if (personOf(stored, owner) !== personOf(stored, customerId))
          violated(`${id} is in the thread of somebody else`);
      }
    },
  }),
};
