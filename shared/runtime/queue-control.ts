import { createHash } from "node:crypto";
import { ChangeMessageVisibilityBatchCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { attributesOf } from "#adapters/sqs/dead-letters.ts";
import type { RapportError } from "#kernel/errors.ts";
import { sqs } from "./aws.ts";
import { readEnv, service } from "./env.ts";
import { log } from "./log.ts";

/** The parts we read of a record that SQS hands to a function. */
export type SqsRecord = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly eventSourceARN: string;
  readonly attributes: {
    readonly ApproximateReceiveCount: string;
    readonly SentTimestamp?: string;
    readonly ApproximateFirstReceiveTimestamp?: string;
    readonly MessageGroupId?: string;
  };
};

/** What a worker does to its own queue besides answering which records failed. */
export type QueueControl = {
  /** Keeps the record, with the reason, where an operator finds it. */
  readonly deadLetter: (record: SqsRecord, reason: RapportError) => Promise<void>;
  readonly retryIn: (records: readonly SqsRecord[], seconds: number) => Promise<void>;
};

/** A function may own several queues (`QUEUE_URL` lists them, by comma); a record's ARN ends in its queue's name. */
const urlOf = (urls: readonly string[], record: SqsRecord): string => {
  const name = record.eventSourceARN.split(":").at(-1) ?? "";
  const url = urls.find((candidate) => candidate.endsWith(`/${name}`));
  if (url === undefined) throw new Error(`no URL is known for queue ${name}`);
  return url;
};

export const sqsQueueControl = (): QueueControl => {
  const { queueUrl, deadLetterUrl } = readEnv("queueUrl", "deadLetterUrl");
  const urls = queueUrl.split(",");
  return {
    deadLetter: async (record, reason) => {
      const fifo = deadLetterUrl.endsWith(".fifo")
        ? {
            MessageGroupId: record.attributes.MessageGroupId ?? "dead",
            MessageDeduplicationId: createHash("sha256").update(record.messageId).digest("hex"),
          }
        : {};
      await sqs().send(
        new SendMessageCommand({
          QueueUrl: deadLetterUrl,
          MessageBody: record.body,
          MessageAttributes: attributesOf(reason, { function: service, recordId: record.messageId }),
          ...fifo,
        }),
      );
    },
    retryIn: async (records, seconds) => {
      const first = records[0];
      if (first === undefined) return;
      try {
        await sqs().send(
          new ChangeMessageVisibilityBatchCommand({
            QueueUrl: urlOf(urls, first),
            Entries: records.slice(0, 10).map((record, index) => ({
              Id: String(index),
              ReceiptHandle: record.receiptHandle,
              VisibilityTimeout: seconds,
            })),
          }),
        );
      } catch (error) {
        // The queue's own visibility timeout still brings the records back, only later.
        log.error("retry not brought forward", error, { recordId: first.messageId });
      }
    },
  };
};
