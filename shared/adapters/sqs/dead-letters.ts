import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { InboxMessage } from "#domain/records/event.ts";
import { hashId } from "#kernel/hash.ts";
import type { DeadLetters } from "#ports/dead-letters.ts";

const text = (value: string) => ({ DataType: "String", StringValue: value });

/** Keeps each event alone, as an inbox message of its own: what is mended can be sent back as it is. */
export const sqsDeadLetters = (options: {
  client: SQSClient;
  queueUrl: string;
  function: string;
}): DeadLetters => ({
  put: async (group, poison) => {
    for (const { event, reason } of poison) {
      const message: Omit<InboxMessage, "events"> & { events: readonly unknown[] } = {
        v: 1,
        group,
        events: [event],
      };
      const body = JSON.stringify(message);
      await options.client.send(
        new SendMessageCommand({
          QueueUrl: options.queueUrl,
          MessageBody: body,
          MessageAttributes: { reason: text(reason.code), function: text(options.function) },
          MessageGroupId: group,
          MessageDeduplicationId: hashId("dead", body),
        }),
      );
    }
  },
});
