import type { Thread } from "#domain/conversation/thread.ts";
import type {
  ConversationHead,
  ConversationState,
  Stream,
  ThreadMessage,
} from "#domain/records/conversation.ts";
import type { Timer } from "#domain/records/effects.ts";
import type { CustomerId } from "#domain/records/identity.ts";

/**
 * Threads to write, each head with its version already one higher than it was read, how far a customer's messages are taken,
 * and what is to be looked after later.
 */
export type ConversationWrite = {
  readonly threads: readonly Thread[];
  readonly streams?: readonly Stream[];
  readonly timers?: readonly Timer[];
};

/** Which conversations a list shows. */
export type ConversationFilter = {
  readonly states: readonly ConversationState[];
  readonly assignee?: string;
  readonly team?: string;
  readonly channel?: string;
  /** `waiting`: who waits longest comes first. `due`: who is to be answered first. `newest`: what came into its line last. */
  readonly sort: "waiting" | "due" | "newest";
};

export type Page = { readonly limit: number; readonly cursor?: string };
/** `cursor` null: that was all. A page may be short where it is filtered, and more follow. */
export type ConversationPage = {
  readonly items: readonly ConversationHead[];
  readonly cursor: string | null;
};

export type ConversationStore = {
  readonly get: (conversationId: string) => Promise<ConversationHead | null>;
  /** The streams of customers, those that there are. One request for up to a hundred. */
  readonly streams: (customerIds: readonly CustomerId[]) => Promise<readonly Stream[]>;
  /**
   * All or nothing, in one request. `conflict`: somebody wrote one of the heads or streams since it was read. `exists`: a
   * message of ours, or a note, lies in its thread already.
   */
  readonly save: (write: ConversationWrite) => Promise<"saved" | "conflict" | "exists">;
  /** Rising by place: those after a place, or, without one, the last. As many as `limit`. */
  readonly messages: (
    conversationId: string,
    page: { readonly limit: number; readonly after?: number },
  ) => Promise<readonly ThreadMessage[]>;
  /** One request for each state and partition, however many conversations there are. */
  readonly list: (filter: ConversationFilter, page: Page) => Promise<ConversationPage>;
  /** Conversations of one person, the one that began last first. A request for each of their ids. */
  readonly ofCustomers: (customerIds: readonly CustomerId[], page: Page) => Promise<ConversationPage>;
};
