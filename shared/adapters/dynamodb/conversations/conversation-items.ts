import * as z from "zod/mini";
import { joinedOnce, placeOf, placeOfDue, placeOfOpening } from "#domain/conversation/places.ts";
import {
  ACTIVITIES,
  AUTHOR_TYPES,
  CONVERSATION_STATES,
  type ConversationHead,
  DIRECTIONS,
  HANDLERS,
  type Stream,
  type ThreadMessage,
} from "#domain/records/conversation.ts";
import type { CustomerId } from "#domain/records/identity.ts";
import { fraction } from "#kernel/hash.ts";
import { attributes, type Item, keyOf } from "../requests/items.ts";

/*
 * The table `conversations`: pk = conversationId, sk = `head` | `m#<seq>` | `i#<messageId>`, which keeps what must join once;
 * and pk = customerId, sk = `stream`. Heads alone are in the indexes, whole, for they are what a row of a list shows.
 */

/** Partitions of a state in the index `byQueue`: each takes 1,000 writes a second. */
export const QUEUE_SHARDS = 4;

export const queueOf = (state: string, shard: number): string => `${state}#${shard}`;
export const holderOf = (assignee: string, state: string): string => `${state}#${assignee}`;

const shardOf = (conversationId: string): number =>
  Math.floor(fraction("queue", conversationId) * QUEUE_SHARDS);

const HEAD = "head";
const STREAM = "stream";
const text = z.string();
const optional = z.exactOptional(z.string());

const Head = z.object({
  conversationId: text,
  customerId: text,
  version: z.number(),
  state: z.enum(CONVERSATION_STATES),
  handler: z.enum(HANDLERS),
  assignee: optional,
  team: optional,
  topic: optional,
  tags: z.array(text),
  channel: text,
  openedAt: text,
  updatedAt: text,
  waitingSince: optional,
  firstReplyAt: optional,
  dueAt: optional,
  breached: optional,
  snoozedUntil: optional,
  closedAt: optional,
  reopenedAt: optional,
  rating: z.exactOptional(z.number()),
  lastSeq: z.number(),
  lastTurn: z.number(),
  heardAt: optional,
  heardOn: optional,
  unread: z.number(),
  lastMessage: z.exactOptional(z.object({ text, at: text, direction: z.enum(DIRECTIONS) })),
  follows: optional,
  subject: optional,
  mailId: optional,
  linked: optional,
  answered: z.exactOptional(z.object({ since: text, inHour: z.number(), rules: z.array(text) })),
});

const Message = z.object({
  seq: z.number(),
  messageId: text,
  direction: z.enum(DIRECTIONS),
  channel: text,
  author: z.object({ type: z.enum(AUTHOR_TYPES), name: optional }),
  text,
  isCut: z.exactOptional(z.literal(true)),
  attachments: z.array(
    z.object({
      id: text,
      name: text,
      type: text,
      bytes: z.number(),
      isRefused: z.exactOptional(z.literal(true)),
    }),
  ),
  at: text,
  inReplyTo: optional,
  isSigned: z.exactOptional(z.literal(true)),
  subject: optional,
  ownId: optional,
  decisionId: optional,
  activity: z.exactOptional(z.object({ kind: z.enum(ACTIVITIES), what: optional })),
  isAutomatic: z.exactOptional(z.literal(true)),
  isDoubted: z.exactOptional(z.literal(true)),
  depth: z.exactOptional(z.number()),
  original: optional,
});

const StreamBody = z.object({
  customerId: text,
  version: z.number(),
  taken: z.number(),
  missing: z.array(z.number()),
  current: optional,
});

const bodyOf = (item: Item): unknown => JSON.parse(item.body?.S ?? "null");

export const headKey = (conversationId: string): Item => keyOf(conversationId, HEAD);

export const toHeadItem = (head: ConversationHead): Item => ({
  ...headKey(head.conversationId),
  ...attributes({
    version: head.version,
    customerId: head.customerId,
    opened: placeOfOpening(head),
    queue: queueOf(head.state, shardOf(head.conversationId)),
    holder: head.assignee === undefined ? undefined : holderOf(head.assignee, head.state),
    place: placeOf(head),
    due: placeOfDue(head),
    assignee: head.assignee,
    team: head.team,
    channel: head.channel,
    body: JSON.stringify(head),
  }),
});

/** @throws ZodError where a later release wrote what this one does not know */
export const fromHeadItem = (item: Item): ConversationHead => z.parse(Head, bodyOf(item));

/** Ten digits: more than anybody writes to anybody, and in order when sorted. */
export const messageSk = (seq: number): string => `m#${String(seq).padStart(10, "0")}`;

export const toMessageItems = (conversationId: string, message: ThreadMessage) => ({
  message: {
    ...keyOf(conversationId, messageSk(message.seq)),
    ...attributes({ body: JSON.stringify(message) }),
  },
  /** Put on condition that there is none. */
  once: joinedOnce(message)
    ? { ...keyOf(conversationId, `i#${message.messageId}`), ...attributes({ seq: message.seq }) }
    : null,
});

export const fromMessageItem = (item: Item): ThreadMessage => z.parse(Message, bodyOf(item));

export const streamKey = (customerId: CustomerId): Item => keyOf(customerId, STREAM);

export const toStreamItem = (stream: Stream): Item => ({
  ...streamKey(stream.customerId),
  ...attributes({ version: stream.version, body: JSON.stringify(stream) }),
});

export const fromStreamItem = (item: Item): Stream => z.parse(StreamBody, bodyOf(item));
