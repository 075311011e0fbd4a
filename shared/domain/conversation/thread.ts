import type { ConversationPolicy } from "../playbook/model/conversations.ts";
import type { ConversationHead, ThreadMessage } from "../records/conversation.ts";

/** A message that has no place in a thread yet. */
export type Joining = Omit<ThreadMessage, "seq">;

/** A conversation after something was done, and the messages that joined it by that. */
export type Thread = { readonly head: ConversationHead; readonly messages: readonly ThreadMessage[] };

/** How the company answers, and the time (milliseconds since the epoch). */
export type Setting = { readonly policy: ConversationPolicy; readonly now: number };

/** Why something was not done, for whoever words it. */
export type Refusal =
  /** Somebody else has it. */
  | { readonly reason: "claimed"; readonly by: string }
  /** Messages came or left after that place; or the version is another. */
  | { readonly reason: "moved"; readonly since?: number }
  /** A person or the queue has it: a bot is silent. */
  | { readonly reason: "not-bots" };

/** What came of an input: the thread as it is now, or why it stays as it was. */
export type Conversed =
  | ({ readonly done: true } & Thread)
  | { readonly done: false; readonly refusal: Refusal; readonly head: ConversationHead };
