import * as z from "zod/mini";
import { latestReason } from "#domain/message/status.ts";
import { STANDINGS } from "#domain/records/event.ts";
import { MESSAGE_STATUSES, type Message } from "#domain/records/message.ts";
import { fraction } from "#kernel/hash.ts";
import { isObject, type JsonObject } from "#kernel/json.ts";
import { attributes, type Item } from "../requests/items.ts";

/*
 * A message in the history table. What never changes after the decision lies in `body` (one JSON string: cheap to write
 * and to read); what sending and measuring change are attributes of their own, so that an update never rewrites the body.
 * `channel` and `status` are attributes because the timeline shows them; `sweepShard` and `sweepAt` make the sparse index
 * of those that have not ended.
 */

/** Partitions of the index `bySweep`. One takes 1,000 writes a second, and a message makes up to four there. */
export const SWEEP_SHARDS = 8;
/** Where a message lies in the index while it has `sweepAt`. */
export const sweepShardOf = (messageId: string): string =>
  String(Math.floor(fraction("sweep", messageId) * SWEEP_SHARDS));

const jsonObject = z.custom<JsonObject>(isObject);

const Body = z.object({
  conversationId: z.string(),
  decisionId: z.string(),
  category: z.string(),
  lane: z.enum(["transactional", "bulk"]),
  action: z.exactOptional(z.string()),
  treatment: z.exactOptional(z.string()),
  content: z.exactOptional(
    z.object({
      subject: z.exactOptional(z.string()),
      text: z.exactOptional(z.string()),
      html: z.exactOptional(z.string()),
      title: z.exactOptional(z.string()),
      body: z.exactOptional(z.string()),
      data: z.exactOptional(jsonObject),
      inReplyTo: z.exactOptional(z.string()),
    }),
  ),
  data: jsonObject,
  event: z.exactOptional(jsonObject),
  standing: z.exactOptional(z.enum(STANDINGS)),
  confirms: z.exactOptional(z.array(z.string())),
  insteadOf: z.exactOptional(z.string()),
  code: z.exactOptional(z.object({ id: z.string(), key: z.string(), length: z.number(), until: z.string() })),
  playbook: z.string(),
  run: z.exactOptional(z.string()),
  to: z.exactOptional(z.string()),
  depth: z.number(),
  createdAt: z.string(),
  sendAt: z.exactOptional(z.string()),
  deadline: z.string(),
  requestHash: z.exactOptional(z.string()),
});

const Status = z.enum(MESSAGE_STATUSES);
const Warning = z.object({ code: z.literal("link-left-out"), part: z.string(), host: z.string() });
const Try = z.object({ provider: z.string(), account: z.string(), at: z.string(), reason: z.string() });
const Change = z.object({
  status: Status,
  at: z.string(),
  reason: z.exactOptional(z.string()),
  advice: z.exactOptional(z.string()),
  warnings: z.exactOptional(z.array(Warning)),
  provider: z.exactOptional(z.string()),
  account: z.exactOptional(z.string()),
  attempt: z.exactOptional(z.number()),
  tries: z.exactOptional(z.array(Try)),
});

const text = (item: Item, name: string): string | undefined => item[name]?.S;
const required = (item: Item, name: string): string => z.parse(z.string(), item[name]?.S);

/** One entry of the attribute `changes`, as appended by `record`. */
export const toChangeText = (change: Message["history"][number]): string => JSON.stringify(change);

/** The item as first written, in the decision's transaction; condition it on `attribute_not_exists(pk)`. */
export function toMessageItem(message: Message): Item {
  const {
    messageId,
    customerId,
    channel,
    status,
    history,
    attempts,
    claimedUntil,
    providerMessageId,
    sweepAt,
    ...body
  } = message;
  return attributes({
    pk: messageId,
    kind: "message",
    customerId,
    at: `${message.createdAt}#${messageId}`,
    channel,
    status,
    attempts,
    changes: history.map(toChangeText),
    body: JSON.stringify(body),
    claimedUntil,
    providerMessageId,
    sweepShard: sweepShardOf(messageId),
    sweepAt,
  });
}

const historyOf = (item: Item): Message["history"] =>
  (item.changes?.L ?? []).map((change) => z.parse(Change, JSON.parse(change.S ?? "null")));

/** @throws ZodError when the item is not one that `toMessageItem` wrote */
export function fromMessageItem(item: Item): Message {
  const claimedUntil = text(item, "claimedUntil");
  const providerMessageId = text(item, "providerMessageId");
  const sweepAt = text(item, "sweepAt");
  const body = z.parse(Body, JSON.parse(required(item, "body")));
  return {
    ...body,
    messageId: required(item, "pk"),
    customerId: required(item, "customerId"),
    channel: required(item, "channel"),
    status: z.parse(Status, text(item, "status")),
    attempts: Number(item.attempts?.N ?? 0),
    history: historyOf(item),
    ...(claimedUntil === undefined ? {} : { claimedUntil }),
    ...(providerMessageId === undefined ? {} : { providerMessageId }),
    ...(sweepAt === undefined ? {} : { sweepAt }),
  };
}

/** The contract's timeline entry of a message item. */
export const messageTimelineEntry = (item: Item): JsonObject => {
  const { messageId, createdAt, channel, status, decisionId, action, history } = fromMessageItem(item);
  return {
    id: messageId,
    kind: "message",
    at: createdAt,
    messageId,
    channel,
    status,
    decisionId,
    ...(action === undefined ? {} : { action }),
    ...latestReason(history),
  };
};
