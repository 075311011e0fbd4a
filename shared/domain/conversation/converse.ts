import type { ConversationHead } from "../records/conversation.ts";
import { type Act, act } from "./act.ts";
import { type Answering, answer } from "./answer.ts";
import { type Automatic, answerAutomatically } from "./automatic.ts";
import { type Begun, begin, type Received, receive } from "./receive.ts";
import type { Conversed, Setting, Thread } from "./thread.ts";

/** What happens to a conversation. */
export type ConverseInput =
  /** The customer wrote. */
  | ({ readonly kind: "received" } & Received)
  /** We write to somebody who may not have written. */
  | ({ readonly kind: "begun" } & Begun)
  /** An answer of ours is about to leave. */
  | ({ readonly kind: "answer" } & Answering)
  /** The hub answers by itself, or gives over to people. */
  | ({ readonly kind: "automatic" } & Automatic)
  /** Somebody does something with the conversation itself. */
  | ({ readonly kind: "act" } & Act);

const done = (thread: Thread): Conversed => ({ done: true, ...thread });

/**
 * A conversation after something happened: its head, and the messages that joined by it. The head that comes back may be
 * that of a new conversation. An input that changes nothing gives the same head and no messages. Pure: the same input gives
 * the same bytes.
 * @param head the customer's latest conversation; null: there was none
 */
export const converse = (
  head: ConversationHead | null,
  input: ConverseInput,
  setting: Setting,
): Conversed => {
  if (input.kind === "received") return done(receive(head, input, setting));
  if (input.kind === "begun") return done(begin(head, input, setting));
  if (head === null) throw new Error("there is no conversation to do this with");
  if (input.kind === "answer") return answer(head, input, setting);
  if (input.kind === "automatic") return answerAutomatically(head, input, setting);
  return act(head, input, setting);
};
