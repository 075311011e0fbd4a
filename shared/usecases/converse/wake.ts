import { SYSTEM } from "#domain/conversation/act.ts";
import { changeConversation } from "./change.ts";
import type { ChangeDependencies } from "./dependencies.ts";

/** Wakes a conversation whose time to sleep is over; one that was woken, or sleeps longer by now, is left alone. */
export const wake = async (deps: ChangeDependencies, conversationId: string): Promise<void> => {
  if ((await deps.conversations.get(conversationId)) === null) return;
  await changeConversation(deps, conversationId, { kind: "act", by: SYSTEM, deed: { what: "wake" } });
};
