import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { namesNobody } from "#domain/identity/nobody.ts";
import type { CollectedEvent, InboxMessage } from "#domain/records/event.ts";
import { RapportError } from "#kernel/errors.ts";
import { hashId, keyedHash } from "#kernel/hash.ts";
import type { Inbox } from "#ports/inbox.ts";

/** A message stays this small so that one profile write can carry what it causes. */
const MAX_EVENTS = 25;
const MAX_MESSAGE_BYTES = 120 * 1024;
/** SQS takes 10 entries and 1 MB a request. */
const MAX_BATCH_ENTRIES = 10;
const MAX_BATCH_BYTES = 1000 * 1024;

type Packed = { readonly group: string; readonly body: string; readonly dedup: string };

/** A keyed hash of userId, else anonymousId, else the first identifier: personal data never becomes a group id. */
export const groupOf = (key: string, event: CollectedEvent): string => {
  const first = event.identifiers?.[0];
  const lead =
    event.userId !== undefined && !namesNobody(event.userId)
      ? ["userId", event.userId]
      : event.anonymousId !== undefined && !namesNobody(event.anonymousId)
        ? ["anonymousId", event.anonymousId]
        : event.customerId !== undefined
          ? ["customerId", event.customerId]
          : [first?.type ?? "", first?.value ?? event.id];
  return keyedHash(key, ...lead);
};

const pack = (group: string, events: readonly CollectedEvent[]): Packed => {
  const message: InboxMessage = { v: 1, group, events };
  return { group, body: JSON.stringify(message), dedup: hashId("in", ...events.map((event) => event.id)) };
};

/** Messages of a group keep the order in which its events came. */
const packGroup = (group: string, events: readonly CollectedEvent[]): Packed[] => {
  const packed: Packed[] = [];
  let current: CollectedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = Buffer.byteLength(JSON.stringify(event));
    if (current.length > 0 && (current.length >= MAX_EVENTS || bytes + size > MAX_MESSAGE_BYTES)) {
      packed.push(pack(group, current));
      current = [];
      bytes = 0;
    }
    current.push(event);
    bytes += size;
  }
  if (current.length > 0) packed.push(pack(group, current));
  return packed;
};

const inBatches = (messages: readonly Packed[]): Packed[][] => {
  const batches: Packed[][] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.body);
    const last = batches.at(-1);
    if (last === undefined || last.length >= MAX_BATCH_ENTRIES || bytes + size > MAX_BATCH_BYTES) {
      batches.push([message]);
      bytes = size;
    } else {
      last.push(message);
      bytes += size;
    }
  }
  return batches;
};

/** The inbox as an SQS FIFO queue. Resolves when every message is durable, throws `unavailable` otherwise. */
export const sqsInbox = (options: {
  client: SQSClient;
  queueUrl: string;
  /** Key of the group hash. */
  key: string;
}): Inbox => {
  const sendBatch = async (batch: readonly Packed[]): Promise<void> => {
    const answer = await options.client.send(
      new SendMessageBatchCommand({
        QueueUrl: options.queueUrl,
        Entries: batch.map((message, index) => ({
          Id: String(index),
          MessageBody: message.body,
          MessageGroupId: message.group,
          MessageDeduplicationId: message.dedup,
        })),
      }),
    );
    if ((answer.Failed ?? []).length > 0) {
      throw new RapportError("unavailable", "the inbox did not take every event, try again", {
        retryAfter: 1,
      });
    }
  };
  return {
    send: async (events) => {
      const groups = Map.groupBy(events, (event) => groupOf(options.key, event));
      const messages = [...groups].flatMap(([group, members]) => packGroup(group, members));
      await Promise.all(inBatches(messages).map(sendBatch));
    },
  };
};
