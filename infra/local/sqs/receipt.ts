import { createHash } from "node:crypto";
import type { MessageLog } from "./message-log.ts";
import type { Entry, QueueSettings, ReceivedMessage } from "./model.ts";

/** Twenty digits, as SQS gives them to messages of a FIFO queue. */
export const sequenceNumber = (seq: number): string => `188${String(seq).padStart(17, "0")}`;

const handleOf = (queue: string, entry: Entry): string =>
  Buffer.from(`${queue}\n${entry.seq}\n${entry.receipt}`).toString("base64");

/** What a receipt handle tells, or null when its form is not ours. */
export function parseHandle(handle: string): { queue: string; seq: number; receipt: number } | null {
  const [queue, seq, receipt] = Buffer.from(handle, "base64").toString().split("\n");
  if (queue === undefined || seq === undefined || receipt === undefined) return null;
  return { queue, seq: Number(seq), receipt: Number(receipt) };
}

/** A message as a receiver gets it, with the handle to delete or keep it by. */
export function describe(settings: QueueSettings, entry: Entry, log: MessageLog): ReceivedMessage {
  const content = log.content(entry.seq);
  return {
    messageId: entry.id,
    receiptHandle: handleOf(settings.name, entry),
    body: content.body,
    md5OfBody: createHash("md5").update(content.body).digest("hex"),
    attributes: {
      ApproximateReceiveCount: String(entry.receives),
      SentTimestamp: String(Math.round(entry.sentAt)),
      SenderId: "AIDALOCALCLOUD",
      ApproximateFirstReceiveTimestamp: String(Math.round(entry.firstReceivedAt ?? 0)),
      ...(entry.group === null ? {} : { MessageGroupId: entry.group }),
      ...(entry.deduplicationId === null ? {} : { MessageDeduplicationId: entry.deduplicationId }),
      ...(settings.fifo ? { SequenceNumber: sequenceNumber(entry.seq) } : {}),
      ...content.systemAttributes,
    },
    messageAttributes: content.attributes,
  };
}
