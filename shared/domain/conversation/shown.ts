import type { Activity, ConversationHead, ThreadMessage } from "../records/conversation.ts";
import { whyInWords } from "./handed-over.ts";

/** A conversation as a row of a list. What it has not is null. */
export const shownRow = (head: ConversationHead) => ({
  conversationId: head.conversationId,
  customerId: head.customerId,
  state: head.state,
  handler: head.handler,
  assignee: head.assignee ?? null,
  team: head.team ?? null,
  topic: head.topic ?? null,
  tags: head.tags,
  channel: head.channel,
  openedAt: head.openedAt,
  waitingSince: head.waitingSince ?? null,
  firstReplyAt: head.firstReplyAt ?? null,
  dueAt: head.dueAt ?? null,
  snoozedUntil: head.snoozedUntil ?? null,
  closedAt: head.closedAt ?? null,
  rating: head.rating ?? null,
  unread: head.unread,
  lastMessage: head.lastMessage ?? null,
  lastSeq: head.lastSeq,
  version: head.version,
  follows: head.follows ?? null,
  linked: head.linked ?? null,
});

/** What was done, for those who show no words of their own. */
const inWords = ({ kind, what = "nobody" }: Activity, by: string): string => {
  switch (kind) {
    case "claimed":
      return `${by} took it`;
    case "released":
      return `${by} gave it back`;
    case "assigned":
      return `${by} gave it to ${what}`;
    case "closed":
      return `${by} closed it`;
    case "snoozed":
      return `${by} put it to sleep until ${what}`;
    case "woken":
      return "its time to sleep was over";
    case "reopened":
      return `${by} opened it again`;
    case "handed-over":
      return `${by} gave it over to people: ${whyInWords(what)}`;
    case "breached":
      return `nobody had answered by ${what}`;
    case "joined":
      return `another conversation of the same customer joined: ${what}`;
  }
};

/** What becomes of an answer is known within this time of its joining the thread. */
const ORDERED_WITHIN_MS = 60_000;

/** What became of a message of a thread; `statuses`: of those that left, by id. Null: there is nothing to become. */
const statusOf = (
  { direction, messageId, at }: ThreadMessage,
  statuses: ReadonlyMap<string, string>,
  now: number,
): string | null => {
  if (direction === "in") return "received";
  if (direction !== "out") return null;
  const known = statuses.get(messageId);
  if (known !== undefined) return known;
  // Whoever wrote it died before it was ordered, and did not come again: it will not leave.
  return now - Date.parse(at) < ORDERED_WITHIN_MS ? "requested" : "failed";
};

/** A message of a thread as it is shown. `now`: milliseconds since the epoch. */
export const shownMessage = (message: ThreadMessage, statuses: ReadonlyMap<string, string>, now: number) => {
  const { original: _, isAutomatic: __, isSigned: ___, ownId: ____, depth: _____, ...shown } = message;
  const { activity } = message;
  const by = message.author.name ?? "the hub";
  return {
    ...shown,
    text: activity === undefined ? message.text : inWords(activity, by),
    status: statusOf(message, statuses, now),
  };
};
