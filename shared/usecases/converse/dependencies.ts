import type { ConversationPolicy } from "#domain/playbook/model/conversations.ts";
import type { Pause } from "#kernel/retry.ts";
import type { Clock } from "#ports/clock.ts";
import type { ConversationStore } from "#ports/conversation-store.ts";
import type { Inbox } from "#ports/inbox.ts";

/** What whoever changes a conversation needs. */
export type ChangeDependencies = {
  readonly conversations: ConversationStore;
  /** Where the customer's profile hears of it. */
  readonly inbox: Inbox;
  /** How the company answers now. */
  readonly policy: () => Promise<ConversationPolicy>;
  readonly clock: Clock;
  readonly pause: Pause;
};
