import { converse } from "#domain/conversation/converse.ts";
import { dueTimers } from "#domain/conversation/due-timer.ts";
import { latestOf } from "#domain/conversation/merge.ts";
import { changedEvent } from "#domain/conversation/told.ts";
import type { ConversationHead } from "#domain/records/conversation.ts";
import type { CustomerState } from "#domain/records/customer.ts";
import { backoff, CONFLICT, retryConflicts } from "#kernel/retry.ts";
import type { Ids } from "#ports/clock.ts";
import type { ChangeDependencies } from "./dependencies.ts";

export type BeginDependencies = ChangeDependencies & { readonly ids: Ids };

/** What a conversation that we begin is about, and who is to have it. */
export type Beginning = { readonly channel: string; readonly topic?: string; readonly team?: string };

const MAX_TRIES = 12;
const PAUSE_MS = { first: 5, most: 200 };

/**
 * The customer's conversation that is not closed, else a new one: of many who begin one at once, all get the same.
 * @param state the customer's
 */
export const beginConversation = (
  { conversations, inbox, policy, clock, ids, pause }: BeginDependencies,
  { customerId, absorbed }: Pick<CustomerState, "customerId" | "absorbed">,
  beginning: Beginning,
): Promise<{ readonly head: ConversationHead; readonly isNew: boolean }> =>
  retryConflicts(
    {
      tries: MAX_TRIES,
      message: "the customer's conversation changed at the same time, too often",
      between: (tries) => pause(backoff(tries, PAUSE_MS.first, PAUSE_MS.most)),
    },
    async () => {
      const streams = await conversations.streams([customerId, ...absorbed]);
      const currents = [...new Set(streams.flatMap(({ current }) => current ?? []))];
      const heads = await Promise.all(currents.map((id) => conversations.get(id)));
      const before = latestOf(heads.filter((head) => head !== null));
      const outcome = converse(
        before,
        { kind: "begun", customerId, key: ids.id("beg"), ...beginning },
        { policy: await policy(), now: clock.now() },
      );
      if (outcome.head === before) return { head: before, isNew: false };
      const isNew = outcome.head.conversationId !== before?.conversationId;
      const head = { ...outcome.head, version: isNew ? 1 : before.version + 1 };
      const own = streams.find((stream) => stream.customerId === customerId);
      const stream = {
        ...(own ?? { customerId, taken: 0, missing: [] }),
        version: (own?.version ?? 0) + 1,
        current: head.conversationId,
      };
      const saved = await conversations.save({
        threads: [{ head, messages: [] }],
        streams: [stream],
        timers: dueTimers(before, head),
      });
      if (saved !== "saved") return CONFLICT;
      await inbox.send([changedEvent(head)]);
      return { head, isNew };
    },
  );
