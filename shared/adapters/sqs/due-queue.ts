import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { RapportError } from "#kernel/errors.ts";
import type { Clock } from "#ports/clock.ts";
import type { DueQueue, TimerRef } from "#ports/timers.ts";

const MAX_ENTRIES = 10;
/** Requests at once: what quiet hours held until one minute of the morning may be a hundred thousand timers. */
const SIDE_BY_SIDE = 16;
/** SQS keeps a message back for 15 minutes at most. */
const MAX_DELAY_SECONDS = 900;

/** The queue `due`: each timer comes out in the second it is due. */
export const sqsDueQueue = (options: { client: SQSClient; queueUrl: string; clock: Clock }): DueQueue => {
  const delayOf = ({ due }: TimerRef): number => {
    const seconds = Math.ceil((Date.parse(due) - options.clock.now()) / 1000);
    return Math.min(MAX_DELAY_SECONDS, Math.max(0, seconds));
  };
  const sendBatch = async (timers: readonly TimerRef[]): Promise<void> => {
    const answer = await options.client.send(
      new SendMessageBatchCommand({
        QueueUrl: options.queueUrl,
        Entries: timers.map(({ id, due }, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify({ id, due }),
          DelaySeconds: delayOf({ id, due }),
        })),
      }),
    );
    if ((answer.Failed ?? []).length > 0) {
      throw new RapportError("unavailable", "the due queue did not take every timer, try again");
    }
  };
  return {
    send: async (timers) => {
      const batches: (readonly TimerRef[])[] = [];
      for (let from = 0; from < timers.length; from += MAX_ENTRIES) {
        batches.push(timers.slice(from, from + MAX_ENTRIES));
      }
      for (let from = 0; from < batches.length; from += SIDE_BY_SIDE) {
        await Promise.all(batches.slice(from, from + SIDE_BY_SIDE).map(sendBatch));
      }
    },
  };
};
