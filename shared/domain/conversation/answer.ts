import type { ConversationHead } from "../records/conversation.ts";
import { append } from "./append.ts";
import type { Conversed, Joining, Setting } from "./thread.ts";

/** An answer of ours, and whose it is. */
export type Answering = {
  readonly message: Joining;
  /** Place of the last message that its author had seen. Absent: they do not mind. */
  readonly ifLastSeq?: number;
};

/** Whoever answers what nobody has, has it. */
const taken = (head: ConversationHead, { author }: Joining): ConversationHead => {
  if (author.type !== "agent") return head;
  const name = head.assignee ?? author.name;
  return { ...head, handler: "person", ...(name === undefined ? {} : { assignee: name }) };
};

/**
 * An answer joins, and it is the customer's turn. Refused where somebody wrote since its author looked, or where a person
 * has taken what a bot was about to answer.
 */
export const answer = (
  head: ConversationHead,
  { message, ifLastSeq }: Answering,
  { now }: Setting,
): Conversed => {
  if (ifLastSeq !== undefined && head.lastTurn > ifLastSeq)
    return { done: false, head, refusal: { reason: "moved", since: ifLastSeq } };
  if (message.author.type === "bot" && head.handler !== "bot")
    return { done: false, head, refusal: { reason: "not-bots" } };
  const at = new Date(now).toISOString();
  const {
    waitingSince: _answered,
    dueAt: _kept,
    snoozedUntil: _woken,
    closedAt: _reopened,
    ...rest
  } = taken(head, message);
  const isPersons = message.author.type === "agent";
  const { messages, head: next } = append(rest, [message], at);
  return {
    done: true,
    messages,
    head: {
      ...next,
      state: "waiting",
      ...(head.state === "closed" ? { reopenedAt: at } : {}),
      unread: 0,
      ...(isPersons ? { firstReplyAt: head.firstReplyAt ?? at } : {}),
    },
  };
};
