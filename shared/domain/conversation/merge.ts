import { hashId } from "#kernel/hash.ts";
import { earlierOf } from "#kernel/time.ts";
import type { ConversationHead } from "../records/conversation.ts";
import { append } from "./append.ts";
import type { Thread } from "./thread.ts";

/** Which of a person's conversations goes on: one that is not closed, and of those the one that moved last. */
export const latestOf = (heads: readonly ConversationHead[]): ConversationHead | null => {
  const rank = (head: ConversationHead): string =>
    `${head.state === "closed" ? 0 : 1}#${head.lastMessage?.at ?? head.openedAt}#${head.conversationId}`;
  const [first = null] = heads.toSorted((a, b) => (rank(a) > rank(b) ? -1 : 1));
  return first;
};

/** Both wait since the earlier, and are due at the earlier. */
const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || b === undefined ? (a ?? b) : earlierOf(a, b);

const joinedTo = (head: ConversationHead, other: ConversationHead): ConversationHead => {
  const waitingSince = earlier(head.waitingSince, other.waitingSince);
  const dueAt = earlier(head.dueAt, other.dueAt);
  const topic = head.topic ?? other.topic;
  // Whom a person was promised in either waits for one.
  const handler = head.handler === "bot" && other.handler !== "bot" ? "queue" : head.handler;
  return {
    ...head,
    handler,
    state: waitingSince === undefined || head.state === "snoozed" ? head.state : "open",
    unread: head.unread + other.unread,
    tags: [...new Set([...head.tags, ...other.tags])],
    ...(waitingSince === undefined ? {} : { waitingSince }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(topic === undefined ? {} : { topic }),
  };
};

const joinedActivity = (head: ConversationHead, other: ConversationHead, now: string) => ({
  messageId: hashId("act", head.conversationId, "joined", other.conversationId),
  direction: "activity" as const,
  channel: head.channel,
  author: { type: "system" as const },
  text: "",
  attachments: [],
  at: now,
  activity: { kind: "joined" as const, what: other.conversationId },
});

/**
 * The conversations of customers who turned out to be one person: one goes on, and is waited for as long as any of them;
 * the others end, each leading to it. None loses a message, and each keeps its places. Those that are closed stay as they
 * are. The first of what comes back goes on; empty: there is nothing to join. `now`: ISO-8601 UTC.
 */
export const joinThreads = (heads: readonly ConversationHead[], now: string): readonly Thread[] => {
  const live = [...new Map(heads.map((head) => [head.conversationId, head])).values()].filter(
    ({ state }) => state !== "closed",
  );
  const first = latestOf(live);
  if (first === null || live.length < 2) return [];
  const others = live.filter(({ conversationId }) => conversationId !== first.conversationId);
  const all = others.reduce(joinedTo, first);
  const goesOn = append(
    all,
    others.map((other) => joinedActivity(first, other, now)),
    now,
  );
  const ended = others.map((other): Thread => {
    const { waitingSince: _since, dueAt: _due, snoozedUntil: _until, ...rest } = other;
    const closed = { ...rest, state: "closed" as const, closedAt: now, unread: 0 };
    return append(closed, [joinedActivity(other, first, now)], now);
  });
  return [goesOn, ...ended];
};
