import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { InboxMessage } from "#domain/records/event.ts";
import type { RapportError } from "#kernel/errors.ts";
import { hashId } from "#kernel/hash.ts";
import type { DeadLetters } from "#ports/dead-letters.ts";

/** Names only: the text of an error may quote what a customer sent. */
const causeOf = ({ cause }: RapportError): Readonly<Record<string, string>> =>
  cause instanceof Error ? { cause: cause.name } : {};

/** What a dead letter says of itself, as message attributes: why it was given up, and `about` it. */
export const attributesOf = (reason: RapportError, about: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries({ reason: reason.code, ...causeOf(reason), ...about }).map(([name, value]) => [
      name,
      { DataType: "String", StringValue: value },
    ]),
  );

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
          MessageAttributes: attributesOf(reason, { function: options.function }),
          MessageGroupId: group,
          MessageDeduplicationId: hashId("dead", body),
        }),
      );
    }
  },
});
