import { createHash } from "node:crypto";
import type { JsonObject } from "#kernel/json.ts";
import { numberAt, objectAt, objectsAt, parseObject, textAt } from "../aws/json.ts";
import { AwsError, type AwsResponse, jsonResponse, type Service } from "../aws/protocol.ts";
import type { Agenda } from "../machine/agenda.ts";
import type { CloudClock } from "../machine/clock.ts";
import { md5OfAttributes, parseAttributes } from "./message-attributes.ts";
import type { NewMessage, ReceivedMessage } from "./model.ts";
import { createMoveTasks } from "./move-tasks.ts";
import type { Queue } from "./queue.ts";
import type { Queues } from "./queues.ts";

const MAX_BYTES = 1024 * 1024;
const MAX_BATCH = 10;
const MAX_WAIT_SECONDS = 20;

type Around = { readonly queues: Queues; readonly clock: CloudClock; readonly agenda: Agenda };

/** The SQS API in its JSON protocol. */
export function createSqsService(around: Around): Service {
  const moveTasks = createMoveTasks(around);
  return (operation, request) => {
    const input = parseObject(request.body) ?? {};
    switch (operation) {
      case "SendMessage":
        return answer(sendOne(queueOf(around.queues, input), input));
      case "SendMessageBatch":
        return answer(sendBatch(queueOf(around.queues, input), input));
      case "ReceiveMessage":
        return receive(around, queueOf(around.queues, input), input);
      case "DeleteMessage":
        return answer(deleteOne(queueOf(around.queues, input), input));
      case "DeleteMessageBatch":
        return answer(batch(queueOf(around.queues, input), input, deleteOne));
      case "ChangeMessageVisibility":
        return answer(changeOne(queueOf(around.queues, input), input));
      case "ChangeMessageVisibilityBatch":
        return answer(batch(queueOf(around.queues, input), input, changeOne));
      case "GetQueueUrl":
        return answer({ QueueUrl: named(around.queues, textAt(input, "QueueName") ?? "").settings.url });
      case "GetQueueAttributes":
        return answer({ Attributes: attributesOf(queueOf(around.queues, input)) });
      case "ListQueues":
        return answer({ QueueUrls: around.queues.all().map((queue) => queue.settings.url) });
      case "PurgeQueue":
        queueOf(around.queues, input).purge();
        return answer({});
      case "StartMessageMoveTask":
        return answer(moveTasks.start(input));
      case "ListMessageMoveTasks":
        return answer(moveTasks.list(input));
      case "CancelMessageMoveTask":
        return answer(moveTasks.cancel(input));
      default:
        return null;
    }
  };
}

const answer = (body: object): AwsResponse => jsonResponse(body);

function queueOf(queues: Queues, input: JsonObject): Queue {
  return named(queues, (textAt(input, "QueueUrl") ?? "").split("/").at(-1) ?? "");
}

function named(queues: Queues, name: string): Queue {
  const queue = queues.byName(name);
  if (queue !== undefined) return queue;
  throw new AwsError("com.amazonaws.sqs#QueueDoesNotExist", `The specified queue ${name} does not exist.`);
}

function sendOne(queue: Queue, input: JsonObject): object {
  const message = parseMessage(queue, input);
  const sent = queue.send(message);
  return {
    MessageId: sent.messageId,
    MD5OfMessageBody: md5(message.body),
    ...(message.attributes ? { MD5OfMessageAttributes: md5OfAttributes(message.attributes) } : {}),
    ...(sent.sequenceNumber === null ? {} : { SequenceNumber: sent.sequenceNumber }),
  };
}

function sendBatch(queue: Queue, input: JsonObject): object {
  const bytes = objectsAt(input, "Entries").reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes > MAX_BYTES) {
    throw new AwsError(
      "com.amazonaws.sqs#BatchRequestTooLong",
      "Batch requests cannot be longer than 1048576 bytes.",
    );
  }
  return batch(queue, input, sendOne);
}

/** Runs each entry alone: one bad entry fails alone, as in SQS. */
function batch(queue: Queue, input: JsonObject, one: (queue: Queue, entry: JsonObject) => object): object {
  const entries = objectsAt(input, "Entries");
  if (entries.length === 0)
    throw new AwsError("com.amazonaws.sqs#EmptyBatchRequest", "There are no entries.");
  if (entries.length > MAX_BATCH) {
    throw new AwsError(
      "com.amazonaws.sqs#TooManyEntriesInBatchRequest",
      "Maximum number of entries per request are 10.",
    );
  }
  const ids = entries.map((entry) => textAt(entry, "Id") ?? "");
  if (new Set(ids).size !== ids.length) {
    throw new AwsError("com.amazonaws.sqs#BatchEntryIdsNotDistinct", "Ids of the entries are not distinct.");
  }
  const successful: object[] = [];
  const failed: object[] = [];
  for (const [index, entry] of entries.entries()) {
    try {
      successful.push({ Id: ids[index], ...one(queue, entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({
        Id: ids[index],
        SenderFault: true,
        Code: error.code.replace(/^.*#/, ""),
        Message: error.message,
      });
    }
  }
  return { Successful: successful, Failed: failed };
}

function parseMessage(queue: Queue, input: JsonObject): NewMessage {
  const body = textAt(input, "MessageBody") ?? "";
  if (body === "")
    throw new AwsError("com.amazonaws.sqs#MissingParameter", "The request must contain MessageBody.");
  if (sizeOf(input) > MAX_BYTES)
    throw invalid("One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.");
  const groupId = textAt(input, "MessageGroupId");
  const deduplicationId = textAt(input, "MessageDeduplicationId");
  const delaySeconds = numberAt(input, "DelaySeconds");
  if (queue.settings.fifo) {
    if (groupId === undefined)
      throw new AwsError(
        "com.amazonaws.sqs#MissingParameter",
        "The request must contain the parameter MessageGroupId.",
      );
    if (deduplicationId === undefined && !queue.settings.contentBasedDeduplication) {
      throw invalid(
        "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
      );
    }
    if (delaySeconds !== undefined && delaySeconds > 0)
      throw invalid("DelaySeconds is not valid for a message of a FIFO queue");
  }
  if (delaySeconds !== undefined && (delaySeconds < 0 || delaySeconds > 900))
    throw invalid("DelaySeconds must be >= 0 and <= 900.");
  const attributes = parseAttributes(objectAt(input, "MessageAttributes"));
  return {
    body,
    ...(attributes === null ? {} : { attributes }),
    ...(groupId === undefined ? {} : { groupId }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
  };
}

const invalid = (message: string): AwsError =>
  new AwsError("com.amazonaws.sqs#InvalidParameterValue", message);

const sizeOf = (input: JsonObject): number =>
  Buffer.byteLength(textAt(input, "MessageBody") ?? "") +
  Buffer.byteLength(JSON.stringify(input.MessageAttributes ?? ""));

function receive(around: Around, queue: Queue, input: JsonObject): Promise<AwsResponse> | AwsResponse {
  const limit = numberAt(input, "MaxNumberOfMessages") ?? 1;
  const visibility = numberAt(input, "VisibilityTimeout") ?? null;
  const wait = Math.min(numberAt(input, "WaitTimeSeconds") ?? queue.settings.receiveWait, MAX_WAIT_SECONDS);
  if (limit < 1 || limit > MAX_BATCH) throw invalid("MaxNumberOfMessages must be between 1 and 10.");
  const found = queue.receive(limit, visibility);
  if (found.length > 0 || wait === 0) return answer({ Messages: found.map(wireMessage) });
  return new Promise((resolve) => {
    let waiting = true;
    const finish = (): void => {
      if (!waiting) return;
      const messages = queue.receive(limit, visibility);
      if (messages.length === 0 && around.clock.now() < until) return;
      waiting = false;
      cancel();
      stopListening();
      resolve(answer({ Messages: messages.map(wireMessage) }));
    };
    const until = around.clock.now() + wait * 1000;
    const cancel = around.agenda.at(until, finish);
    const stopListening = queue.onReady(finish);
  });
}

function wireMessage(message: ReceivedMessage): object {
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    Attributes: message.attributes,
    ...(Object.keys(message.messageAttributes).length > 0
      ? { MessageAttributes: message.messageAttributes }
      : {}),
  };
}

function deleteOne(queue: Queue, input: JsonObject): object {
  if (queue.remove(textAt(input, "ReceiptHandle") ?? "")) return {};
  throw new AwsError("com.amazonaws.sqs#ReceiptHandleIsInvalid", "The input receipt handle is invalid.", 404);
}

function changeOne(queue: Queue, input: JsonObject): object {
  const seconds = numberAt(input, "VisibilityTimeout") ?? 0;
  if (seconds < 0 || seconds > 43_200) throw invalid("VisibilityTimeout must be between 0 and 43200.");
  const outcome = queue.changeVisibility(textAt(input, "ReceiptHandle") ?? "", seconds);
  if (outcome === "changed") return {};
  if (outcome === "not-held")
    throw new AwsError("com.amazonaws.sqs#MessageNotInflight", "The message referred to isn't in flight.");
  throw new AwsError("com.amazonaws.sqs#ReceiptHandleIsInvalid", "The input receipt handle is invalid.", 404);
}

function attributesOf(queue: Queue): { readonly [name: string]: string } {
  const { settings } = queue;
  const counts = queue.counts();
  return {
    QueueArn: settings.arn,
    ApproximateNumberOfMessages: String(counts.ready),
    ApproximateNumberOfMessagesNotVisible: String(counts.held),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
    VisibilityTimeout: String(settings.visibilityTimeout),
    DelaySeconds: String(settings.delay),
    ReceiveMessageWaitTimeSeconds: String(settings.receiveWait),
    MessageRetentionPeriod: String(settings.retention),
    MaximumMessageSize: String(MAX_BYTES),
    ...(settings.fifo
      ? { FifoQueue: "true", ContentBasedDeduplication: String(settings.contentBasedDeduplication) }
      : {}),
    ...(settings.redrive === null
      ? {}
      : {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: settings.redrive.targetArn,
            maxReceiveCount: settings.redrive.maxReceiveCount,
          }),
        }),
  };
}

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");
